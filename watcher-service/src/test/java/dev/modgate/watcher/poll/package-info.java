/// Polls, against hosts that answer from a map, and one real one.
@NullMarked
package dev.modgate.watcher.poll;

import org.jspecify.annotations.NullMarked;
