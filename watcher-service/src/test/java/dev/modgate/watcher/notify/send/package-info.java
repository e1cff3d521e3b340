@NullMarked
package dev.modgate.watcher.notify.send;

import org.jspecify.annotations.NullMarked;
