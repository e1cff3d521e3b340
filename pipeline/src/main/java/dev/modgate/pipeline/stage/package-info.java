/// The work loop that fetch, verify and publish run on.
///
/// A [Stage] takes the events of one topic and gives each to a [StageWork], on a virtual thread of
/// its own. Nothing is lost and everything may happen twice: at least once, each effect idempotent.
///
/// ## One round of the poll thread ([StageLoop])
///
/// 1. settle what ended: leave the window, mark the offset done
/// 2. start what fits into the window, by count and by bytes ([Window]); the rest waits in the
///    [Backlog]
/// 3. pause partitions: all while the stage pauses or the window is full; those whose span from the
///    first offset that is not done is 2,000 wide; resume the others
/// 4. commit, every 100 ms, in the background: per partition the first offset that is not done
///    ([OffsetTracker])
/// 5. poll; at once where nothing may come, and then wait for the next item that ends
///
/// Results are sent by the item's own thread, `acks=all`, key = module path, `traceparent` in the
/// trace of the event. Only when they are acknowledged does the item end, so a commit never runs
/// ahead of a result.
///
/// ## Three kinds of bad ([ItemRunner])
///
/// - *refused* is a result like any other
/// - *not now*, for one item ([NotNowException]): tried again in place ([RetryPolicy]: 3 times, at
///   most 60 s, with jitter), then deferred, and the offset moves on
/// - *not now*, for all ([DependencyDownException], or Kafka takes no results): the stage pauses.
///   Items wait; when the next try is due, one of them probes, one more every 10 s while that takes
///   long; when one works, all go on ([PauseState]). Nothing is deferred or dead-lettered, polling
///   keeps the membership
/// - *a bug, or unreadable*: to `TOPIC.dlt` ([DeadLetter]); a readable event is also answered with
///   a deferral, so that nobody waits for ever. A burst of them pauses the stage
///   ([DeadLetterBreaker])
/// - *a newer event version* pauses the stage until its upgrade
///
/// ## What breaks the loop itself
///
/// - an exception: the status says so (`failed`, or `paused` where Kafka is the reason), and the
///   loop begins anew with new clients, after a wait that grows to 30 s ([BackOff])
/// - an item that can't be ended, not even as a dead letter, begins anew after the same waits
/// - an error, such as memory that ran out: the whole process ends at once, with one line that says
///   why, and heals at the next start ([Fatal]). A process that goes on after it would be there
///   without working
/// - offsets that step back: the partition's work is done again from there ([Commits])
///
/// ## Giving back
///
/// A partition that is revoked is waited for at most 5 s; then its items are interrupted, send
/// nothing more, and are done again elsewhere. A lost partition is cut off at once. Closing waits
/// up to the drain time, then does the same.
///
/// ## Why one package
///
/// Outside, only the contract is seen: [Stage], [StageWork], its settings, status and exceptions,
/// and how Kafka is reached. The loop's parts (window, backlog, offsets, pauses) call each other in
/// every round; in packages of their own most of them would have to be public.
@NullMarked
package dev.modgate.pipeline.stage;

import org.jspecify.annotations.NullMarked;
