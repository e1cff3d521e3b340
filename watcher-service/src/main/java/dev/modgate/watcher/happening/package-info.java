/// What happened that somebody may want to hear of: syncs that ended, modules that were refused,
/// security events.
///
/// A happening is written in the transaction in which it happens, so none is lost and none is told
/// that did not happen. Who hears of it, and how, is decided later and elsewhere ({@code
/// watcher.notify}): the pipeline waits for nobody.
@NullMarked
package dev.modgate.watcher.happening;

import org.jspecify.annotations.NullMarked;
