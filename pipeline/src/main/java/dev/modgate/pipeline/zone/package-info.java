/// How the zone store is laid out, for those who write it and those who read it.
///
/// The root is the file tree of the GOPROXY protocol ([dev.modgate.gomod.proxy.ProxyPath]), so that
/// any static web server, or `file://`, serves it. What else is kept lies below `_modgate/`, which
/// no module path can begin with (an underscore is no legal first character of one):
///
/// - `_modgate/zone.json`: a [ZoneIdentity], which store this is; a replica has the same.
/// - `_modgate/evidence/<module>/@v/<version>.pin.json`: a [Pin], written before the first bytes.
/// - `_modgate/evidence/<module>/@v/<version>.mod.json` and `….zip.json`, one a want: the
///   [StoredEvidence] under which it came inside, written after the bytes: the evidence as it was
///   signed, and SHA-256s and sizes of the files that lie there, whichever delivery brought them.
/// - `_modgate/refused/<module>/@v/<version>.mod.json` and `….zip.json`, one a want: a
///   [RefusalNote].
/// - `_modgate/scrub.json`: a [ScrubState], how far the walk is that hashes everything again.
/// - `_modgate/aside/<sha256>/<key>`: bytes that it took away from there.
///
/// The checksum database inside ([dev.modgate.gomod.epoch]) lies below `sumdb/<database>/`, as a
/// proxy serves it, which no module path can begin with either (its first element has a dot):
///
/// - `supported`: there once the database inside has an epoch.
/// - `lookup/<module>@<version>`: a record and the tree head of an epoch, for each version that the
///   database knows, written before the version's files.
/// - `tile/8/<level>/<number>` and `….p/<width>`: tiles, at each width that an epoch needs.
/// - `latest`: the newest epoch. No `go` asks for it.
/// - `epochs`: the newest epochs ([dev.modgate.gomod.epoch.Epochs]), by compare-and-swap, forward
///   only; `epoch/<size>`: each epoch's note, for ever.
///
/// Module and version are case-encoded throughout.
@NullMarked
package dev.modgate.pipeline.zone;

import org.jspecify.annotations.NullMarked;
