/// The watcher's database code, run against each database that the watcher supports.
@NullMarked
package dev.modgate.watcher.database;

import org.jspecify.annotations.NullMarked;
