/// Runs: from a ref that somebody noticed to a sync of what its commit needs.
///
/// A webhook, a poll or a person notices that a ref of a repository has moved ({@link
/// dev.modgate.watcher.run.Runs}). All that is noticed of one repository while its run waits is
/// read by that one run. Each commit is taken once, whoever finds it and however often.
@NullMarked
package dev.modgate.watcher.run;

import org.jspecify.annotations.NullMarked;
