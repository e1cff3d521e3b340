/// From a commit to a sync, and what became of it.
@NullMarked
package dev.modgate.watcher.commit;

import org.jspecify.annotations.NullMarked;
