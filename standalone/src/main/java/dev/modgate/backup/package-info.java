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
/// | `inner/…` | only in a whole backup, of format 2: the zone store | then, what makes visible first |
/// | `manifest.json` | format, version, time, and name, size and SHA-256 of each entry | last |
///
/// The memory may be newer than the database, never older: a head that is forgotten could be taken
/// back unnoticed, while a request that is forgotten is made again. The hashes tell a damaged
/// backup, not a forged one: who can write it can write them too.
///
/// The zone store may be newer than the database: what came inside meanwhile is found inside by the
/// next sync that wants it. All that its lists name is there, because the lists are taken first.
///
/// Not in it: `outer/blobs/` and `kafka/`: what was under way is fetched again. `inner/`, unless
/// the backup is whole: it is the closed zone's, may have its own backup, and is checked by
/// `modgate verify`.
///
/// A restore unpacks into `.restore/`, then renames: the database, `outer/trust`, each key,
/// `inner`. Killed at any point, the next one goes on: it takes back what was renamed, and copies
/// only what is not there with the hash of the backup.
@NullMarked
package dev.modgate.backup;

import org.jspecify.annotations.NullMarked;
