@NullMarked
package dev.modgate.watcher.intake;

import org.jspecify.annotations.NullMarked;
