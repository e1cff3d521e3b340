package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/// Reads objects as a [Pace] allows.
final class Hashing {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Pace pace;

  Hashing(Pace pace) {
    this.pace = pace;
  }

  /// Of bytes that were read already.
  void spent(long bytes) throws InterruptedException {
    pace.spent(bytes);
  }

  BlobRef of(ObjectReader reader) throws IOException, InterruptedException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long size = 0;
    while (reader.channel().read(buffer) >= 0) {
      size += buffer.position();
      pace.spent(buffer.position());
      digest.update(buffer.flip());
      buffer.clear();
    }
    return new BlobRef(Sha256.from(digest.digest()), size);
  }
}
