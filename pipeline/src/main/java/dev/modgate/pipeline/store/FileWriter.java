package dev.modgate.pipeline.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.modgate.pipeline.store.FileObjectStore.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A temporary file that gets its name last, by a hard link.
final class FileWriter extends ObjectWriter {
  private final StoreFolder folder;
  private final Consumer<Step> fault;
  private final Path temp;
  private final FileChannel channel;
  private @Nullable IOException broken;
  private boolean finished;

  FileWriter(StoreFolder folder, Consumer<Step> fault) throws IOException {
    this.folder = folder;
    this.fault = fault;
    this.temp = folder.newTemp();
    this.channel = create();
  }

  private FileChannel create() throws IOException {
    try {
      return FileChannel.open(temp, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      folder.checkPresent();
      throw new IOException(
          "could not write to the store \"" + folder.root() + "\": " + reason(e), e);
    }
  }

  Path temp() {
    return temp;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (finished) {
      throw new IOException("this writer is closed");
    }
    try {
      var buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      broken = e; // part of the bytes may be missing: this file must never get a name
      throw new IOException(
          "could not write to the store \"" + folder.root() + "\": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean putIfAbsent(ObjectKey key) throws IOException {
    Path target = folder.pathFor(key);
    finish(key);
    try {
      folder.makeParents(key, target);
      boolean mine = FileObjectStore.link(temp, target);
      if (!mine && !Files.isRegularFile(target, NOFOLLOW_LINKS) && isTaken(target)) {
        throw StoreFolder.notAnObject(key, target);
      }
      fault.accept(Step.LINKED);
      Files.delete(temp);
      fault.accept(Step.TEMP_UNLINKED);
      folder.syncName(target); // also where it was taken: who took it may not have come so far
      fault.accept(Step.FOLDER_SYNCED);
      return mine;
    } catch (AccessDeniedException e) { // not of the temporary file, which is written by now
      throw folder.denied(key, e);
    } catch (FileSystemException e) {
      throw naming(key, e);
    }
  }

  /// Also by a link that leads nowhere. False where who took the name gave it back meanwhile.
  private static boolean isTaken(Path target) {
    return Files.exists(target, NOFOLLOW_LINKS);
  }

  /// Seals the content: no more writes, read-only, on the disk where that is promised.
  void finish(ObjectKey key) throws IOException {
    if (finished) {
      throw new IOException("this writer is closed");
    }
    finished = true;
    if (broken != null) {
      throw new IOException(
          "could not write object \"" + key + "\": " + broken.getMessage(), broken);
    }
    fault.accept(Step.TEMP_WRITTEN);
    try (channel) {
      if (!temp.toFile().setReadOnly()) {
        throw new IOException("could not make \"" + temp + "\" read-only");
      }
      folder.syncFile(channel);
    } catch (IOException e) {
      throw naming(key, e);
    }
    fault.accept(Step.TEMP_SYNCED);
  }

  static IOException naming(ObjectKey key, IOException e) {
    return new IOException("could not write object \"" + key + "\": " + reason(e), e);
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason() + " (" + f.getFile() + ")"
        : e.toString();
  }

  @Override
  public void close() throws IOException {
    finished = true;
    channel.close();
    Files.deleteIfExists(temp);
  }
}
