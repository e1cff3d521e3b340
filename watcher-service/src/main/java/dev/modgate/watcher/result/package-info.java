/// What the stages answer, and what follows from it.
///
/// Answers come at least once and in any order, also across topics. Each names the request and the
/// attempt: `inside` is never taken back, and an answer to an earlier attempt changes nothing.
@NullMarked
package dev.modgate.watcher.result;

import org.jspecify.annotations.NullMarked;
