/// The transactional outbox: what is to be asked of the fetchers is written in the transaction that
/// decides it, and sent to the broker afterwards, at least once.
///
/// A row stays until its answer comes. Of the requests that were sent, a bounded number wait for an
/// answer; one that waits too long while no stage pauses is sent again. Two relays share by `skip
/// locked`: neither sees what the other is sending just now, so each further relay may exceed the
/// bound by one batch.
@NullMarked
package dev.modgate.watcher.outbox;

import org.jspecify.annotations.NullMarked;
