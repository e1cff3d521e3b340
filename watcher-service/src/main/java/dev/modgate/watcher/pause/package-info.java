/// What the watcher itself waits for. Nothing is lost meanwhile, and nobody has to start anything
/// anew: syncs that were taken wait in the database, requests in the outbox, results in Kafka.
///
/// | cause | while it lasts |
/// |---|---|
/// | `DATABASE` | it does not answer: new work gets 503 |
/// | `DISK` | the database's folder has no room, or can't be written: the same |
/// | `OUTBOX` | the broker takes no requests: they are kept, syncs are taken |
/// | `RESULTS` | the stages' answers can't be applied, and are read again |
///
/// Each is a line of the log when it begins and one when it ends, a gauge, and stands in the status
/// beside the pauses of the stages.
@NullMarked
package dev.modgate.watcher.pause;

import org.jspecify.annotations.NullMarked;
