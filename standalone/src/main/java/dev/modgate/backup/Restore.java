package dev.modgate.backup;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.standalone.DataFolder;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Puts a backup into a data folder.
///
/// @param data the folder; may be absent, or hold all but a database and a memory
/// @param preparation of the database, before it is in its place
public record Restore(Path data, Preparation preparation) {
  private static final String STAGED = ".restore";

  /// What is done to the database's file.
  @FunctionalInterface
  public interface Preparation {
    /// @return how many requests are sent again
    /// @throws StartException where the file can't be used
    int prepare(Path database);
  }

  /// @param sentAgain requests that waited for an answer
  public record Done(Manifest manifest, int sentAgain) {}

  /// All of the backup, or nothing: everything is checked before anything is written, written
  /// beside, and then renamed. A start refuses a folder in which that was interrupted; the next
  /// restore begins anew there.
  ///
  /// @throws BackupException where the backup is not whole, or the folder has what it would replace
  /// @throws StartException where the folder is held, or the database can't be used
  public Done read(Path file) throws IOException, BackupException {
    try (Archive archive = Archive.open(file)) {
      archive.check();
      try (DataFolder _ = DataFolder.takeForRestore(data)) {
        return readInto(archive);
      }
    }
  }

  private Done readInto(Archive archive) throws IOException, BackupException {
    undo();
    refuseToReplace(archive);
    try {
      int sentAgain = stage(archive);
      place(archive);
      return new Done(archive.manifest(), sentAgain);
    } finally {
      delete(data.resolve(STAGED));
    }
  }

  private void refuseToReplace(Archive archive) throws IOException, BackupException {
    for (String name : List.of(Manifest.DATABASE, Manifest.TRUST)) {
      if (Archive.isThere(data.resolve(name))) {
        throw new BackupException(
            "\""
                + data.resolve(name)
                + "\" is there already, and a restore replaces nothing: move it away first, or"
                + " restore into another folder");
      }
    }
    for (Manifest.Entry key : archive.below(Manifest.KEYS)) {
      Path there = data.resolve(key.name());
      if (Archive.isThere(there) && !same(archive, key, there)) {
        throw new BackupException(
            "\""
                + there
                + "\" is there already and differs from the one in the backup: move it away first,"
                + " and add its line to the restored .pub where it has signed what is inside");
      }
    }
  }

  private static boolean same(Archive archive, Manifest.Entry key, Path there)
      throws IOException, BackupException {
    var bytes = new java.io.ByteArrayOutputStream();
    archive.copy(key, bytes);
    return Files.size(there) == key.size()
        && java.util.Arrays.equals(Files.readAllBytes(there), bytes.toByteArray());
  }

  private int stage(Archive archive) throws IOException, BackupException {
    Path staged = data.resolve(STAGED);
    delete(staged);
    Files.createDirectories(staged);
    for (Manifest.Entry entry : archive.manifest().entries()) {
      Path target = staged.resolve(entry.name()).normalize();
      if (!target.startsWith(staged)) {
        throw new IllegalStateException(Quoted.of(entry.name()) + " leads out of its folder");
      }
      Files.createDirectories(parent(target));
      try (FileChannel channel =
          FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        makePrivate(target);
        archive.copy(entry, Channels.newOutputStream(channel));
        channel.force(true);
      }
    }
    return preparation.prepare(staged.resolve(Manifest.DATABASE));
  }

  /// Renames into place. The list of what is put there is written before and goes last.
  private void place(Archive archive) throws IOException {
    var names = new ArrayList<String>();
    names.add(Manifest.DATABASE);
    if (!archive.below(Manifest.TRUST).isEmpty()) {
      names.add(Manifest.TRUST);
    }
    archive.below(Manifest.KEYS).stream()
        .map(Manifest.Entry::name)
        .filter(name -> !Archive.isThere(data.resolve(name)))
        .forEach(names::add);
    Path list = data.resolve(DataFolder.RESTORING);
    Files.writeString(list, String.join("\n", names) + "\n");
    sync(list);
    sync(data);
    try {
      for (String name : names) {
        Path target = data.resolve(name);
        Files.createDirectories(parent(target));
        Files.move(data.resolve(STAGED).resolve(name), target);
        sync(parent(target));
      }
    } catch (IOException e) {
      undo();
      throw e;
    }
    Files.delete(list);
    sync(data);
  }

  /// Takes away what an interrupted restore has put in place.
  private void undo() throws IOException {
    Path list = data.resolve(DataFolder.RESTORING);
    if (!Files.exists(list)) {
      return;
    }
    for (String name : Files.readAllLines(list)) {
      if (Manifest.isName(name) || name.equals(Manifest.TRUST)) {
        delete(data.resolve(name));
      }
    }
    Files.delete(list);
  }

  private static void delete(Path path) throws IOException {
    if (!Archive.isThere(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "below the data folder");
  }

  private static void makePrivate(Path path) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (java.nio.file.AccessDeniedException e) {
      // Windows opens no folders, and needs no such write
    }
  }
}
