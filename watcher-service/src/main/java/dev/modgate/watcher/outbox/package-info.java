/// The transactional outbox: what is to be asked of the fetchers is written in the transaction that
/// decides it, and sent to the broker afterwards, at least once.
///
/// A row stays until its answer comes. At most [Relay#MOST_UNANSWERED] requests wait for an answer;
/// one that waits longer than [Relay#RESEND_AFTER] is sent again. Two relays share by `skip
/// locked`.
@NullMarked
package dev.modgate.watcher.outbox;

import org.jspecify.annotations.NullMarked;
