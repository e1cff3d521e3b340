/// Sources: the declared repositories whose commits say what is to be brought inside.
@NullMarked
package dev.modgate.watcher.source;

import org.jspecify.annotations.NullMarked;
