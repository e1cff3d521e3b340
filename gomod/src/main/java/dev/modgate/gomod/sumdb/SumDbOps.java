package dev.modgate.gomod.sumdb;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that a [SumDatabase] needs of the world. Used by many threads at once.
///
/// An `IOException` always means *not now*: nothing is known about the module version, and the same
/// may be tried later. An interrupted wait is one too.
public interface SumDbOps {
  /// What the database answers.
  sealed interface Answer {
    /// 200. The reader reads as far as it may be, and closes it.
    record Found(InputStream body) implements Answer {}

    /// 404 or 410.
    ///
    /// @param text of the answer, cut where it is long; may be empty
    record Absent(String text) implements Answer {}
  }

  /// Asks the database.
  ///
  /// @param path below its URL, without a slash before it: `latest`, `lookup/…` or `tile/…`. Holds
  ///   `!`, `@` and `+` as they are
  /// @throws IOException for every other status, and when there is no answer
  Answer readRemote(String path) throws IOException;

  /// The newest tree head that any client with this memory has seen: a note. Empty before the first
  /// one, and only then: who has lost it must throw, because it is what reveals a rollback.
  Optional<String> readHead() throws IOException;

  /// Remembers a newer head, for ever.
  ///
  /// @param expected what [#readHead] gave; null where that was empty
  /// @return false, and nothing is changed, when another head is remembered by now
  boolean replaceHead(@Nullable String expected, String next) throws IOException;

  /// A tile that was kept; empty where it was not, or can't be read. Need not be true: it is
  /// authenticated like one that comes from the database.
  Optional<byte[]> readCache(String path);

  /// Keeps a tile, which is authentic.
  ///
  /// @throws IOException when it can't: then nothing is said that rests on the tile
  void writeCache(String path, byte[] bytes) throws IOException;
}
