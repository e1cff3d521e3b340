@NullMarked
package dev.modgate.watcher.idempotency;

import org.jspecify.annotations.NullMarked;
