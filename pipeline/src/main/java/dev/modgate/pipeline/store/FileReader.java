package dev.modgate.pipeline.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// An open file. What replaces or removes its name meanwhile does not touch it.
final class FileReader implements ObjectReader {
  private static final int MAX_LOOKS = 10;

  private final ObjectStat stat;
  private final FileChannel channel;

  private FileReader(ObjectStat stat, FileChannel channel) {
    this.stat = stat;
    this.channel = channel;
  }

  static Optional<FileReader> open(ObjectKey key, Path path) throws IOException {
    for (int look = 0; look < MAX_LOOKS; look++) {
      BasicFileAttributes before;
      try {
        before = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
      } catch (NoSuchFileException | NotDirectoryException e) {
        return Optional.empty();
      }
      if (!before.isRegularFile()) {
        return Optional.empty();
      }
      Optional<FileReader> reader = openSame(key, path, before);
      if (reader.isPresent()) {
        return reader;
      }
    }
    throw new UnusableObjectException(
        "object \"" + key + "\" was replaced each time it was opened");
  }

  /// Empty where another file took the name after the first look.
  private static Optional<FileReader> openSame(ObjectKey key, Path path, BasicFileAttributes before)
      throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      if (channel.size() <= FileRevision.MAX_HASHED) { // told from what is open, not from the name
        var stat =
            new ObjectStat(
                key,
                channel.size(),
                FileRevision.ofContent(channel),
                before.lastModifiedTime().toInstant());
        return Optional.of(new FileReader(stat, channel));
      }
      BasicFileAttributes after =
          Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
      if (Objects.equals(before.fileKey(), after.fileKey()) && channel.size() == after.size()) {
        return Optional.of(new FileReader(FileRevision.statOfLarge(key, after), channel));
      }
      channel.close();
      return Optional.empty();
    } catch (NoSuchFileException e) {
      channel.close();
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public ObjectStat stat() {
    return stat;
  }

  @Override
  public FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
