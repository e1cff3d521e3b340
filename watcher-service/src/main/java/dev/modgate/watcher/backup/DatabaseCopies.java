package dev.modgate.watcher.backup;

import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.database.PatientFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;

/// Copies of the database's file as of one moment, while everything goes on. One at a time, because
/// each takes as much space beside the file, packed, until it was sent.
final class DatabaseCopies {
  private final JdbcTemplate jdbc;
  private final Semaphore one = new Semaphore(1);

  DatabaseCopies(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// Takes one; close it.
  ///
  /// @throws BadRequestException where the database is no file of this process, or another copy is
  ///   being taken
  Copy take() throws IOException {
    if (!one.tryAcquire()) {
      throw new BadRequestException(
          HttpStatus.SERVICE_UNAVAILABLE, "another backup is being taken; try again");
    }
    Path packed = null;
    try {
      packed = Files.createTempFile(folder(), "backup.", ".zip"); // for its owner alone
      jdbc.update("backup to ?", packed.toString());
      return new Copy(packed);
    } catch (RuntimeException | IOException e) {
      discard(packed);
      throw e;
    }
  }

  private Path folder() {
    boolean embedded =
        Boolean.TRUE.equals(
            jdbc.execute(
                (org.springframework.jdbc.core.ConnectionCallback<Boolean>)
                    connection -> connection.getMetaData().getDatabaseProductName().equals("H2")));
    String path = embedded ? jdbc.queryForObject("call database_path()", String.class) : null;
    if (path == null) {
      throw new BadRequestException(
          HttpStatus.CONFLICT,
          "the watcher's database is a server of its own, or lies in memory: back it up with its"
              + " own tools, such as pg_dump");
    }
    return Objects.requireNonNull(
        PatientFiles.path(path).toAbsolutePath().getParent(), "a file is in one");
  }

  private void discard(@Nullable Path packed) throws IOException {
    try {
      if (packed != null) {
        Files.deleteIfExists(packed);
      }
    } finally {
      one.release();
    }
  }

  final class Copy implements AutoCloseable {
    private final Path packed;
    private final ZipFile zip;
    private final ZipEntry file;

    private Copy(Path packed) throws IOException {
      this.packed = packed;
      this.zip = new ZipFile(packed.toFile());
      this.file =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".mv.db"))
              .findFirst()
              .map(entry -> (ZipEntry) entry)
              .orElseThrow(() -> new IOException("the database's copy has no .mv.db in it"));
    }

    /// Bytes.
    long size() {
      return file.getSize();
    }

    InputStream open() throws IOException {
      return zip.getInputStream(file);
    }

    @Override
    public void close() throws IOException {
      zip.close();
      discard(packed);
    }
  }
}
