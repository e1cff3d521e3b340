@NullMarked
package dev.modgate.watcher.walk;

import org.jspecify.annotations.NullMarked;
