/// The embedded database in a backup: a copy of its file while the watcher runs, and what has to be
/// done to one that is restored. A PostgreSQL server has its own tools for both.
@NullMarked
package dev.modgate.watcher.backup;

import org.jspecify.annotations.NullMarked;
