/// Webhooks: `POST /hooks/SOURCE`.
///
/// In this order, and no further than the first that says no:
/// 1. the body is read, with a limit for its size, its time, and for all bodies at once;
/// 2. its signature is checked with the secrets of the source ({@link
///    dev.modgate.watcher.hook.signature});
/// 3. its JSON is read for which refs of which repository moved ({@link
///    dev.modgate.watcher.hook.payload});
/// 4. it is decided what that means for the source ({@link dev.modgate.watcher.hook.HookDecision});
/// 5. the delivery and what is to be read are written in one transaction ({@link
///    dev.modgate.watcher.hook.delivery}), and only then answered with 202.
///
/// | answer | when |
/// |---|---|
/// | 202 | a run reads it; it has the delivery's id |
/// | 200 | authentic, nothing to do, and a word why |
/// | what it was | the same delivery came before; it has the first one's id |
/// | 400 | authentic, and not what the host sends |
/// | 403 | signed with the right secret, for another time |
/// | 404 | no such source, no signature, a weaker or a wrong one: nobody outside can tell which |
/// | 408, 413 | the body took too long, or is too large |
/// | 503 with `Retry-After` | the database or a secret can't be had now, or too many come at once; nothing was taken |
///
/// An id that its host sends twice is one delivery for as long as the record is kept. Without one
/// the same body is, for five minutes and as long as nothing else of the source is read, where it
/// names the commit of each ref. What was left, and is sent again after its source was declared in
/// another way, is decided anew.
@NullMarked
package dev.modgate.watcher.hook;

import org.jspecify.annotations.NullMarked;
