package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.store.ObjectStore;

/// A second zone store, to be the same as the first.
///
/// @param name as the settings have it
record Replica(String name, ObjectStore store) {}
