package dev.modgate.watcher.carry;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// Where files are put for somebody to carry. A file appears whole, and is never changed.
public record OutFolder(Path folder) {

  /// On the disk when this returns. The same bytes once more are no change.
  ///
  /// @throws FileAlreadyExistsException when a file of this name has other bytes
  public void put(String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      refuseOther(file, bytes);
      return;
    }
    Path temporary = folder.resolve("." + name + ".new"); // carriers and readers pass it by
    try {
      write(temporary, bytes);
      place(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync();
  }

  private static void refuseOther(Path file, byte[] bytes) throws IOException {
    if (Files.size(file) != bytes.length || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      throw new FileAlreadyExistsException(
          Quoted.of(file.toString()) + " is there already, with other bytes: it stays");
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  /// A link never takes the place of a file; sticks and shares mostly know none.
  private static void place(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      Files.move(temporary, file);
    }
  }

  private void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folders, and needs no such write
    }
  }
}
