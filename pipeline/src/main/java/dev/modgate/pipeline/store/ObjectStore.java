package dev.modgate.pipeline.store;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/// Named byte sequences. The seam behind which files, S3 or memory lie. Who only reads takes an
/// [ObjectSource].
///
/// Safe for use by many threads and many processes at once. An [IOException] means "not now":
/// nothing is known to have changed, and trying again is right. An [UnusableObjectException] says
/// so of one object only.
public interface ObjectStore extends ObjectSource {
  /// Largest content that [#compareAndSwap] writes, in bytes: a `list` of half a million versions.
  int MAX_SWAPPED = 4 * 1024 * 1024;

  /// Begins a new object whose key may be known only at its end.
  ObjectWriter newWriter() throws IOException;

  /// Writes `next` where the object's revision still is `expected` (empty: where there is no
  /// object). For small objects that change: `list`, `@latest`, notes.
  ///
  /// @return false, with nothing changed, where the object has another revision by now
  /// @throws IllegalArgumentException where `next` is larger than [#MAX_SWAPPED]
  boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next)
      throws IOException;

  /// All objects whose key begins with `prefix` (whole segments, or empty for all), in no order. To
  /// be closed.
  Stream<ObjectStat> list(String prefix) throws IOException;

  /// The keys that come after `after`, of all objects where it is empty, in the order of their
  /// text: a walk that ended anywhere goes on there. What is put or removed meanwhile may be met or
  /// not. The iterator may throw an [java.io.UncheckedIOException].
  Iterator<ObjectKey> keys(Optional<ObjectKey> after) throws IOException;

  /// Marks an object as used now, so that a collection by age spares it. The content stays.
  ///
  /// @return false where there is none
  boolean touch(ObjectKey key) throws IOException;

  /// Makes an object that was found as durable as one that was put: who put it may have died before
  /// it was. Nothing to do where there is none, and for a store that shows only what is durable.
  default void settle(ObjectKey key) throws IOException {}

  /// @return false where there was none
  boolean delete(ObjectKey key) throws IOException;

  /// Deletes the object where its revision still is `expected`.
  ///
  /// @return false, with nothing changed, where it is gone or has another revision by now
  boolean delete(ObjectKey key, Revision expected) throws IOException;

  /// @throws IllegalArgumentException as [#compareAndSwap] does
  static void checkSwapped(ObjectKey key, byte[] next) {
    if (next.length > MAX_SWAPPED) {
      throw new IllegalArgumentException(
          "object \""
              + key
              + "\" would have "
              + next.length
              + " bytes, at most "
              + MAX_SWAPPED
              + " can be compared and swapped");
    }
  }
}
