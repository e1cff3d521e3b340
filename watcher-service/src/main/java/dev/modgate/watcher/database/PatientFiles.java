package dev.modgate.watcher.database;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/// Files of H2 in which a write that the disk refuses is tried again until it is taken, as
/// `jdbc:h2:patient:PATH`. A process that is stopped meanwhile has to be killed; what was committed
/// is in the file.
public final class PatientFiles extends FilePathWrapper {
  private static final String FILE = "jdbc:h2:file:";
  private static final Duration NEXT_TRY = Duration.ofMillis(500);
  private static final ConcurrentHashMap<Thread, String> WAITING = new ConcurrentHashMap<>();

  /// The same database, with patience, where it is one of H2 in a file.
  public static String url(String url) {
    if (!url.startsWith(FILE)) {
      return url;
    }
    FilePath.register(new PatientFiles());
    return "jdbc:h2:patient:" + url.substring(FILE.length());
  }

  /// The folder of a database of H2 in a file; empty for another one.
  public static Optional<File> folder(String url) {
    if (!url.startsWith(FILE)) {
      return Optional.empty();
    }
    String path = url.substring(FILE.length()).replaceFirst(";.*", "");
    String absolute =
        path.startsWith("~") ? System.getProperty("user.home") + path.substring(1) : path;
    return Optional.ofNullable(new File(absolute).getAbsoluteFile().getParentFile());
  }

  /// Why a write waits now; empty while none does.
  static Optional<String> waits() {
    return WAITING.values().stream().findFirst();
  }

  @Override
  public String getScheme() {
    return "patient";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Patient(getBase().open(mode));
  }

  @FunctionalInterface
  private interface Write {
    int write() throws IOException;
  }

  private static int patiently(Write write) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return write.write();
        } catch (ClosedChannelException e) {
          throw e;
        } catch (IOException e) {
          WAITING.put(Thread.currentThread(), String.valueOf(e.getMessage()));
          interrupted |= sleeps();
        }
      }
    } finally {
      WAITING.remove(Thread.currentThread());
      if (interrupted) {
        Thread.currentThread().interrupt(); // now it harms no file
      }
    }
  }

  /// @return whether somebody wished that it ended
  private static boolean sleeps() {
    try {
      Thread.sleep(NEXT_TRY);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /// One of these files, open. A channel needs no lock for what names its position, and who waits
  /// for room holds up no reader.
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  private static final class Patient extends FileBase {
    private final FileChannel file;

    private Patient(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      return patiently(() -> file.write(from, position));
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return patiently(() -> file.write(from));
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
      return file.read(to, position);
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      return file.read(to);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public FileChannel position(long at) throws IOException {
      file.position(at);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
