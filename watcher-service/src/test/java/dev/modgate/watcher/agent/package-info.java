@NullMarked
package dev.modgate.watcher.agent;

import org.jspecify.annotations.NullMarked;
