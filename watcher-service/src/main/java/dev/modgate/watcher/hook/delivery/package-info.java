/// The record of deliveries: what came, what became of it, and which run reads it.
///
/// A delivery is known by its source and the host's id for it, or where the host has none by its
/// body's hash and the signed time. Who is not authentic has no part in that: nobody can use an id
/// up before its host does.
@NullMarked
package dev.modgate.watcher.hook.delivery;

import org.jspecify.annotations.NullMarked;
