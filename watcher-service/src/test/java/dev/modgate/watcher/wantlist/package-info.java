@NullMarked
package dev.modgate.watcher.wantlist;

import org.jspecify.annotations.NullMarked;
