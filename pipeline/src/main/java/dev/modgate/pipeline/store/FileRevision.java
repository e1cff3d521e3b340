package dev.modgate.pipeline.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// What a file's revision is.
///
/// Up to 256 KiB it is the SHA-256 of the content, read anew each time. For larger files, which
/// would take long to read at every look, it is size, time and inode. Those repeat within one tick
/// of the file system's clock, so a swap sees to it that what it writes is younger than what it
/// replaces ([#makeYounger]): no two contents that swaps gave one key have the same revision.
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

  /// Under the key's lock, before a temporary file takes the place of what was found.
  static void makeYounger(Path temp, ObjectStat found) throws IOException {
    Instant least = found.modified().plusNanos(1000); // some file systems cut nanoseconds off
    if (Files.getLastModifiedTime(temp).toInstant().isBefore(least)) {
      Files.setLastModifiedTime(temp, FileTime.from(least));
    }
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
