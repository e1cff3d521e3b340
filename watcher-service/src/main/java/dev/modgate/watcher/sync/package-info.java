/// Syncs and the module versions that they need.
///
/// A module row holds the module's own verdict, for everybody; a sync's verdict on its own claims
/// lies with the sync's item. So one repository's wrong go.sum fails that sync alone.
@NullMarked
package dev.modgate.watcher.sync;

import org.jspecify.annotations.NullMarked;
