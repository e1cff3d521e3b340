/// Serves the zone store to the `go` command inside: read-only, without Kafka and without a
/// database.
///
/// | asked for | answer |
/// |---|---|
/// | `<module>/@v/list`, `@latest`, `@v/<version>.info`, `.mod`, `.zip` | the object of that name |
/// | `sumdb/<name>/supported`, `latest`, `lookup/…`, `tile/…` | the checksum database inside ([dev.modgate.gomod.epoch]) |
/// | the record of a version that is inside, and that the database does not know | 404 and the setting that helps |
/// | a record that is not about the version | 403: it was changed inside |
/// | what is not inside | 404 and how to ask for it |
/// | what was refused and has no file | 403 and why: 403 ends a `go` command, so that it never falls through to the internet |
/// | when the store can't be read, or is not there | 503 with `Retry-After`: never 404, which would mean "absent" |
/// | `/healthz` | 200 where the store can be read, or there is a cache; else 503 |
///
/// With a cache ({@link dev.modgate.gateway.cache}) what was served before is served while the
/// store is away, with the header `Modgate-From-Cache: SECONDS` since the store was last seen to
/// hold it, and for 10 s of further caching.
///
/// GET and HEAD, entity tags (`If-None-Match`), one byte range (`Range`, `If-Range`). A reason is
/// `text/plain`, at most 8 lines and 600 bytes: that much the `go` command shows its user.
/// `supported` of the public database is always answered with 200: 404 there sends a client to the
/// database's own host, which a closed zone can't reach.
///
/// Large objects go out in pieces of 64 KiB. A mapped file instead took a third less processor time
/// (0.37 against 0.56 s a GB, 5 MB zips on loopback; larger pieces gained nothing), but one core
/// sends more than 10 Gbit/s either way, and a mapping lives until it is collected and turns a file
/// that shrinks into a fault of the JVM.
///
/// Source: https://go.dev/ref/mod#goproxy-protocol, RFC 9110
@NullMarked
package dev.modgate.gateway;

import org.jspecify.annotations.NullMarked;
