package dev.modgate.pipeline.store;

import java.time.Instant;

/// What is known of an object without reading it.
///
/// @param size in bytes
/// @param modified when it was written, by the store's clock; never a basis for a decision about
///   trust
public record ObjectStat(ObjectKey key, long size, Revision revision, Instant modified) {}
