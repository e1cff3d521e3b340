package dev.modgate.pipeline.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/// An open object. Its bytes stay as they were when it was opened, whatever is written meanwhile.
public interface ObjectReader extends AutoCloseable {
  ObjectStat stat();

  /// Positioned at the first byte. One reader has one channel; closed with the reader. For the file
  /// store it is a `FileChannel`, so that a server can hand it to the kernel.
  SeekableByteChannel channel();

  default InputStream stream() {
    return Channels.newInputStream(channel());
  }

  /// The whole object.
  ///
  /// @throws UnusableObjectException where the object is larger than `limit` bytes: nothing is read
  default byte[] readAll(int limit) throws IOException {
    if (stat().size() > limit) {
      throw new UnusableObjectException(
          "object \""
              + stat().key()
              + "\" has "
              + stat().size()
              + " bytes, at most "
              + limit
              + " are read");
    }
    return stream().readAllBytes();
  }

  @Override
  void close() throws IOException;
}
