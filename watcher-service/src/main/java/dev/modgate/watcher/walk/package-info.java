/// Walks of module graphs: what a project needs whose go.sum does not say it.
///
/// A walk belongs to a sync ({@link dev.modgate.watcher.sync.Walks}). It goes as far as go.mods are
/// known, asks for the next ones as `MOD`, and goes on when `module-verified` has brought what they
/// require. Proven go.mods are kept once for all ({@link dev.modgate.watcher.catalog.GoMods}), so
/// levels that are known take no trip. At its end the sync has a `ZIP` for each module version of
/// the build list, and a `MOD` for each other go.mod that was read on the way.
///
/// What can't be read (absent, refused) does not stop the walk: the rest of the graph is brought
/// inside, and the sync fails with the chain that leads there.
@NullMarked
package dev.modgate.watcher.walk;

import org.jspecify.annotations.NullMarked;
