/// What people and scripts ask for: syncs of projects and of modules, followed, ended and tried
/// again.
@NullMarked
package dev.modgate.watcher.ask;

import org.jspecify.annotations.NullMarked;
