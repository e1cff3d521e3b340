/// How the pipeline is doing: what the stages say of themselves, and the lag of their groups.
@NullMarked
package dev.modgate.watcher.status;

import org.jspecify.annotations.NullMarked;
