/// The tick: what the Git host shows beside a commit while its sync runs, and when it has ended.
///
/// | sync | state | description |
/// |---|---|---|
/// | runs | pending | `0 of 312 modules are inside` |
/// | ended, all is inside | success | `312 of 312 modules are inside` |
/// | whatever, and a file of the commit can't be read | failure | `can't be read: go.sum:12: …` |
/// | ended | failure | `309 of 312 modules are inside, 3 rejected` |
///
/// What is to be shown follows from the database alone ({@link
/// dev.modgate.watcher.tick.TickFollower}): commits that were seen, joined with their syncs. So
/// nothing is lost with a process. For one sync a state only goes on, from pending to failure to
/// success: a failed sync is looked at again for some days, because what it lacked may come inside
/// for another one. It is sent afterwards, at least once ({@link
/// dev.modgate.watcher.tick.TickWorker}); several watchers share by leases.
///
/// A source without a token, of a generic host or read by an agent is not sent from here, which is
/// shown and no error. An agent asks for the ticks of its sources by the number of the last change
/// that it knows ({@link dev.modgate.watcher.tick.Ticks#ofAgent}), and has them sent from where the
/// host is ({@link dev.modgate.watcher.tick.Ticks#want}).
@NullMarked
package dev.modgate.watcher.tick;

import org.jspecify.annotations.NullMarked;
