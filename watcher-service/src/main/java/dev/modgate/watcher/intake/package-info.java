/// The watcher's side of agents: takes want lists ({@link dev.modgate.watcher.wantlist}), over HTTP
/// or from folders, and tells the agents how their commits are.
///
/// | a want list | then |
/// |---|---|
/// | of a pinned key, in time, of the agent's own source | becomes one sync of its commit, once |
/// | the same bytes again, however late within the window | answered as taken, no change |
/// | another one of a number that was used | refused: `replayed` |
/// | of a number below the 10,000 highest that were taken | refused: `replayed` |
/// | any other fault | refused with its own verdict ({@link dev.modgate.watcher.wantlist.Refusal}) |
///
/// A number is noted before the sync is made and completed after it, so that a process killed in
/// between takes the same list again, and no other one of that number. Lists may come in any order:
/// carried files do.
@NullMarked
package dev.modgate.watcher.intake;

import org.jspecify.annotations.NullMarked;
