/// Tells people and programs what happened: a sync ended, a module was refused, somebody may have
/// changed bytes.
///
/// ```
/// pipeline ──▶ happening ──router──▶ notification ──▶ notification_message ──▶ channel
/// ```
///
/// 1. What happened is written in the transaction in which it happens ({@link
///    dev.modgate.watcher.happening.Happenings}), and in no other way does this touch the pipeline.
/// 2. The router finds out whom it concerns (the syncs that want it, their sources, the owners of
///    these), and gives it to each channel that wants to hear of it.
/// 3. A channel's events gather for a while, and become one message; a security event waits for
///    nobody, and takes along what waits. A channel has one open message at most, so order is kept.
/// 4. Whoever has the channel's lease sends it. What fails is tried again with back-off, by the
///    same id; after some days it is given up, counted and shown. A receiver that is away for an
///    hour, or for a day, loses nothing. A process that is killed between the sending and the note
///    of it sends once more.
///
/// | outcome | then |
/// |---|---|
/// | taken | the next one, after the gap that the service's rate asks for |
/// | not now | 5 s, doubling to 10 min, or when the receiver wishes |
/// | refused | 5 min, doubling to 2 h: somebody has to change something. A message that was refused three times goes without any text of others: that may be what is refused |
/// | gone (410 of a webhook) | nothing is sent until a test is taken: `modgate notify test` |
///
/// A stage that stopped over a forked checksum database is noticed by its status, which has no
/// field for it: {@link dev.modgate.watcher.notify.StageStops} goes by the sentence.
@NullMarked
package dev.modgate.watcher.notify;

import org.jspecify.annotations.NullMarked;
