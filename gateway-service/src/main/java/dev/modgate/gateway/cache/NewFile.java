package dev.modgate.gateway.cache;

import dev.modgate.pipeline.store.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;

/// A file of the cache that is being written. Gets its name last, and only if every write
/// succeeded; what fails is told to the folder, not to the writer, who serves somebody.
final class NewFile implements AutoCloseable {
  private final CacheFolder folder;
  private final Path root;
  private final Path part;
  private final FileChannel channel;
  private final String key;
  private final String revision;
  private final MessageDigest digest = Sha256.newDigest();
  private long size;
  private boolean broken;

  NewFile(CacheFolder folder, Path root, String key, String revision) throws IOException {
    this.folder = folder;
    this.root = root;
    this.key = key;
    this.revision = revision;
    this.part = root.resolve(UUID.randomUUID() + ".part");
    this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// Leaves the buffer as it is.
  void write(ByteBuffer bytes) {
    if (broken) {
      return;
    }
    try {
      size += bytes.remaining();
      digest.update(bytes.duplicate());
      ByteBuffer rest = bytes.duplicate();
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      broken = true;
      folder.failed(e);
    }
  }

  /// That was all of it. Nothing is kept where `whole` is another size.
  void finish(long whole) {
    if (broken || size != whole) {
      return;
    }
    var file = new KeptFile(key, Sha256.from(digest.digest()).hex(), revision, size, Instant.EPOCH);
    try {
      channel.close();
      Path named = file.in(root);
      Files.createDirectories(root.resolve(key.substring(0, 2)));
      Files.move(part, named, StandardCopyOption.ATOMIC_MOVE);
      folder.added(file);
    } catch (IOException e) {
      folder.failed(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(part);
    } catch (IOException e) {
      folder.failed(e);
    } finally {
      folder.ended(key);
    }
  }
}
