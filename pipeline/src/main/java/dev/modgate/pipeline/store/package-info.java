/// Object stores: where bytes live, by content ([BlobStore]) or by name (the zone store).
///
/// An [ObjectStore] maps keys to whole byte sequences. It has two ways to write, and both are
/// atomic across threads and processes: put-if-absent, for what never changes, and
/// compare-and-swap, for the few small objects that do (`list`, `@latest`, notes).
/// `ObjectStoreContract`, in the test jar, says what every store must do.
///
/// ## Files
///
/// [FileObjectStore] keeps the object `a/b/c` in the file `ROOT/a/b/c`, so that the zone store
/// works behind any static web server. `ROOT/.tmp-modgate` is its own: `new/` holds objects under
/// construction, `locks/` the lock files.
///
/// *Put if absent* never renames, because a rename replaces what is there:
///
/// 1. write `.tmp-modgate/new/UUID`; make it read-only; fsync it
/// 2. create the missing folders
/// 3. `link` it to its name: atomic, and fails where the name is taken
/// 4. unlink the temporary name
/// 5. fsync the folder, and every folder on the way to it that this process has not written yet,
///    whoever created it
///
/// A death before step 3 leaves the name absent; after it, whole. Step 5 is done also where the
/// name was taken, because whoever took it may have died before it: after a `false`, too, the
/// object is durable. [ObjectStore#settle] is step 5 for an object that was found. Threads that
/// fsync one folder at the same time share the write ([FolderSync]).
///
/// *Compare and swap* writes and fsyncs the temporary file, takes the lock of the key (one of 64: a
/// lock inside the JVM, then `FileChannel.lock` against other processes; a lock is never the
/// existence of a file), compares the revision, renames, and fsyncs as in step 5. With no expected
/// revision it is a put-if-absent, which needs no lock.
///
/// *Revisions* of up to 256 KiB are the SHA-256 of the content, read each time; larger objects have
/// size, time and inode, and each swap makes the time a later one ([FileRevision]).
///
/// *Links* out of the root are not followed, neither the last segment nor one on the way. What dead
/// writers left in `new/` is removed a day later, when a store is opened there.
///
/// With [Durability#RELAXED] all fsyncs are left out: the order of the steps still protects against
/// a killed process.
@NullMarked
package dev.modgate.pipeline.store;

import org.jspecify.annotations.NullMarked;
