/// How long things are kept, and the purge that deletes what is older.
///
/// Each kind of thing has a rule ({@link dev.modgate.watcher.retention.RetentionRule}); a feature
/// adds the rules of its own tables as beans. One of the watchers of a database purges at a time,
/// in small transactions, each of which renews its turn.
///
/// | what | is deleted when it is older than its time, except |
/// |---|---|
/// | syncs, with items and claims | what still runs; what needs a module that is in flight or put off; the newest of each repository |
/// | timelines | of each want of a module version, the newest entry of each kind, and all that is newer than its last verdict |
/// | runs | what has not ended |
/// | commits | the newest of each ref, and what a [KeptCommits] names |
/// | source-history | the newest change of each source |
/// | removed-sources | what is known of repositories of sources that are declared |
/// | agent-statuses | what is pending; the newest of each agent; what has its want list |
/// | idempotency-keys | |
///
/// The versions that a watch has seen have no rule: one that is forgotten would be taken for new.
/// They go with their watch.
///
/// Rows of modules, and with them the evidence of what is inside, and the outbox are never deleted
/// here: no rule is about them.
@NullMarked
package dev.modgate.watcher.retention;

import org.jspecify.annotations.NullMarked;
