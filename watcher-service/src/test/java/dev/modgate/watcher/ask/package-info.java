@NullMarked
package dev.modgate.watcher.ask;

import org.jspecify.annotations.NullMarked;
