/// What goes over the wire to a Git host, and the limits that everything from there passes through;
/// `git` decides what is read.
@NullMarked
package dev.modgate.watcher.git.wire;

import org.jspecify.annotations.NullMarked;
