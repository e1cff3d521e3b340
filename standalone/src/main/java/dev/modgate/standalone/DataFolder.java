package dev.modgate.standalone;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The folder that holds all of one standalone Modgate, for one process at a time.
public final class DataFolder implements AutoCloseable {
  /// There while a backup is put in place, and after that was interrupted.
  public static final String RESTORING = "restore.unfinished";

  private static final JsonMapper JSON = JsonMapper.shared();

  /// Who looks whether the folder is held has the lock for an instant; who takes it waits that out.
  private static final Duration LOOKS_END_WITHIN = Duration.ofSeconds(1);

  private final Path root;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataFolder(Path root, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /// Creates the folder where there is none, and takes it for this process.
  ///
  /// @throws StartException when another process holds it, it can't be written, or its name can't
  ///   be put into a database's URL and a setting; or where a restore was interrupted
  public static DataFolder take(Path root) throws StartException {
    DataFolder taken = takeForRestore(root);
    if (Files.exists(root.resolve(RESTORING))) {
      taken.release();
      throw new StartException(
          "data folder \""
              + root
              + "\" holds parts of a backup, because its restore was interrupted: do it again with:"
              + " modgate restore FILE --data "
              + root);
    }
    return taken;
  }

  private void release() {
    try {
      close();
    } catch (IOException e) {
      throw new StartException("data folder \"" + root + "\" can't be released: " + e, e);
    }
  }

  /// As [#take], also where a restore was interrupted.
  public static DataFolder takeForRestore(Path root) throws StartException {
    if (root.toString().contains(";") || root.toString().contains("${")) {
      throw new StartException(
          "data folder "
              + Quoted.of(root.toString())
              + " has \";\" or \"${\" in its name, which the database would take for a setting");
    }
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("modgate.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        throw new StartException(
            "data folder \""
                + root
                + "\" is held by another Modgate"
                + runInfo(root).map(run -> " (process " + run.pid() + ")").orElse("")
                + "; stop it with: modgate down --data "
                + root);
      }
      Files.deleteIfExists(root.resolve("run.json")); // a killed process leaves one behind
      return new DataFolder(root, channel, lock);
    } catch (IOException e) {
      throw new StartException("data folder \"" + root + "\" can't be used: " + e, e);
    }
  }

  /// The process that holds the folder now and has announced itself; empty where nobody does.
  public static Optional<RunInfo> running(Path root) {
    // the lock is the truth, but touched only where there is something to be true
    return runInfo(root).isPresent() && isHeld(root) ? runInfo(root) : Optional.empty();
  }

  /// Whether a process holds the folder now, be it that it only starts or ends.
  public static boolean isHeld(Path root) {
    try (FileChannel channel =
        FileChannel.open(root.resolve("modgate.lock"), StandardOpenOption.WRITE)) {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        return true;
      }
      lock.release();
      return false;
    } catch (IOException e) {
      return false; // no folder, no process
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    long end = System.nanoTime() + LOOKS_END_WITHIN.toNanos();
    FileLock lock = tryLock(channel);
    while (lock == null && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(10_000_000);
      lock = tryLock(channel);
    }
    return lock;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static Optional<RunInfo> runInfo(Path root) {
    try {
      return Optional.of(
          JSON.readValue(Files.readAllBytes(root.resolve("run.json")), RunInfo.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      return Optional.empty(); // being written, or of another version
    }
  }

  /// Tells others on this machine how to reach this process.
  void announce(RunInfo info) throws IOException {
    Path temporary = root.resolve("run.json.tmp");
    Files.write(temporary, JSON.writeValueAsBytes(info));
    Files.move(temporary, root.resolve("run.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(root.resolve("run.json"));
    lock.release();
    lockFile.close();
  }
}
