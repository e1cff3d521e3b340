package dev.modgate.pipeline.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/// What a file's revision is.
///
/// Up to 256 KiB it is the SHA-256 of the content, read anew each time: times and inodes repeat
/// within one tick of the file system's clock, content does not. Whatever compare-and-swap writes
/// is that small, so its comparison is exact. Larger files are only ever put once; for them size,
/// time and inode do, without reading.
final class FileRevision {
  static final int MAX_HASHED = 256 * 1024;

  private FileRevision() {}

  /// Leaves the channel at its first byte.
  static Revision ofContent(FileChannel channel) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    var buffer = ByteBuffer.allocate(Math.clamp(channel.size(), 1, 16 * 1024));
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    channel.position(0);
    return new Revision(Sha256.from(digest.digest()).hex());
  }

  static ObjectStat statOfLarge(ObjectKey key, BasicFileAttributes file) {
    var revision =
        new Revision(
            "file:"
                + file.size()
                + ":"
                + file.lastModifiedTime().to(TimeUnit.NANOSECONDS)
                + ":"
                + file.fileKey());
    return new ObjectStat(key, file.size(), revision, file.lastModifiedTime().toInstant());
  }
}
