package dev.modgate.gomod.zip;

import java.io.IOException;

/// Decompresses the contents of an entry in one go, where something can do that faster than the
/// JDK's zlib does it piece by piece. The seam for a native library, which this package can't have.
///
/// It only ever answers that all is as declared. Whatever it declines is decompressed piece by
/// piece, and what is wrong with the data is said there.
///
/// For many threads at once.
@FunctionalInterface
public interface Inflate {
  /// Declines everything.
  Inflate PIECEWISE = (compressed, length, size, contents) -> false;

  /// @param compressed the data, which may be read once
  /// @param length of the data, bytes
  /// @param size of the contents, as the directory declares it, bytes
  /// @param contents takes all of them at once, when they are as declared
  /// @return false, and nothing taken, unless all of the data is one deflate stream of exactly this
  ///   size; also when it is too large to be held, or there is no room for it now
  boolean whole(Data compressed, long length, long size, Contents contents) throws IOException;

  /// The data of one entry.
  @FunctionalInterface
  interface Data {
    /// Copies all of it into an array, from an index on.
    void copyTo(byte[] target, int index) throws IOException;
  }

  /// What becomes of the contents.
  @FunctionalInterface
  interface Contents {
    void take(byte[] buffer, int from, int length);
  }
}
