/// Polls: the refs of every repository are looked at again and again, so that a webhook that is
/// lost loses nothing.
///
/// **When.** Each repository every `poll` of its source, up to a fifth later by chance. After a
/// failure of the repository (it is not there, credentials are refused) it is asked half as often
/// each time, up to `modgate.watcher.poll.longest-wait`. Where the host is in trouble (no
/// connection, no answer, 5xx, 429), all repositories of the host wait together, twice as long each
/// time up to the same bound, and then one of them tries. All of it is in the database, so that a
/// restart forgets nothing, and two watchers share the work: who polls a repository has it on a
/// short lease, renewed until the poll has ended.
///
/// **What a poll finds.** Branches and tags that the source wants, and their commits, are compared
/// with those of the poll before; new and changed ones are noticed, as a webhook would notice them,
/// in one transaction with the new state. The first poll of a repository notices the tips of all
/// wanted branches, the first import, and only remembers the tags: they were released long ago, and
/// most are reachable from no wanted branch. A tag that is pushed later is noticed. Deleted refs
/// are forgotten. What was read before, or waits because of a webhook, is not noticed again.
///
/// **What a webhook missed.** Of a source with a webhook secret, a commit that a poll noticed is
/// counted as missed when `modgate.watcher.poll.webhook-grace` later no webhook has named it, nor,
/// since shortly before the poll, its ref: of pushes that follow each other quickly the later one
/// takes the earlier one's place. So it may count too few, and never too many.
@NullMarked
package dev.modgate.watcher.poll;

import org.jspecify.annotations.NullMarked;
