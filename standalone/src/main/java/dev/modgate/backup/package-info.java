/// Backup and restore of a data folder: what can't be had again.
///
/// A backup is one ZIP file, readable by its owner alone, of these entries, named as in the data
/// folder:
///
/// | entry | what | taken |
/// |---|---|---|
/// | `watcher/modgate.mv.db` | the watcher's database, as of one moment | first |
/// | `outer/trust/…` | what verifiers remember of checksum databases | then, tiles first |
/// | `keys/…` | the verifier's keys, the secret one too | then |
/// | `manifest.json` | format, version, time, and name, size and SHA-256 of each entry | last |
///
/// The memory may be newer than the database, never older: a head that is forgotten could be taken
/// back unnoticed, while a request that is forgotten is made again. The hashes tell a damaged
/// backup, not a forged one: who can write it can write them too.
///
/// Not in it: `inner/` (the zone store, which is the closed zone's, has its own backup, and is
/// checked by `modgate verify`), `outer/blobs/` and `kafka/`: what was under way is fetched again.
@NullMarked
package dev.modgate.backup;

import org.jspecify.annotations.NullMarked;
