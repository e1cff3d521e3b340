/// Repositories made and served by the real `git`, and servers that misbehave.
@NullMarked
package dev.modgate.watcher.git;

import org.jspecify.annotations.NullMarked;
