/// Writes many rows at once: a large sync writes several hundred thousand.
@NullMarked
package dev.modgate.watcher.insert;

import org.jspecify.annotations.NullMarked;
