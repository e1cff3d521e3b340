/// The answer to "will this build inside?": how what a project needs stands, without moving any of
/// it.
///
/// A plan lists what a sync of the project would move; a check is the gate for CI, and names what
/// is missing. Module graphs are walked as far as go.mods are known: where one is not, the answer
/// is not whole, and a check fails.
@NullMarked
package dev.modgate.watcher.check;

import org.jspecify.annotations.NullMarked;
