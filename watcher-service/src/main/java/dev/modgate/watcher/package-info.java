/// The control plane: takes syncs, asks for what they need, hears what came of it.
///
/// The only service with durable state of its own (a relational database) and the only one with a
/// long-term clock. It never reads a store.
@NullMarked
package dev.modgate.watcher;

import org.jspecify.annotations.NullMarked;
