@NullMarked
package dev.modgate.watcher.carry;

import org.jspecify.annotations.NullMarked;
