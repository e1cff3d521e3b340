/// All of Modgate in one process: a real Kafka broker, the five services, file stores, H2.
///
/// The services are the same code as when they run alone; each has its own Spring context and they
/// meet only through the broker and the stores. Everything lies in one *data folder*:
///
/// ```
/// modgate.lock    held by the running process; nobody else opens this folder
/// run.json        process id, addresses and upstreams of the running process
/// kafka/          the broker
/// watcher/        H2 database
/// keys/           the key that the verifier signs with, and the public keys that the publisher pins
/// outer/          blob store
/// inner/          zone store, in GOPROXY layout
/// logs/           of a process in the background
/// ```
@NullMarked
package dev.modgate.standalone;

import org.jspecify.annotations.NullMarked;
