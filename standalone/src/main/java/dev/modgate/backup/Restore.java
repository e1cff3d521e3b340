package dev.modgate.backup;

import dev.modgate.standalone.DataFolder;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts a backup into a data folder.
///
/// @param data the folder; may be absent, or hold all but a database and a memory
/// @param preparation of the database, before it is in its place
public record Restore(Path data, Preparation preparation) {
  private static final String STAGED = ".restore";

  /// Put in place as a whole.
  private static final List<String> FOLDERS = List.of(Manifest.TRUST, Manifest.ZONE);

  /// What is done to the database's file.
  @FunctionalInterface
  public interface Preparation {
    /// @return how many requests are sent again
    /// @throws StartException where the file can't be used
    int prepare(Path database);
  }

  /// @param there files that an interrupted restore had copied already
  /// @param sentAgain requests that waited for an answer
  public record Done(Manifest manifest, int there, int sentAgain) {}

  /// All of the backup, or nothing: everything is checked before anything is written, written
  /// beside, and then renamed. A start refuses a folder in which the renames were interrupted. The
  /// next restore there goes on: what was copied and has the hash of the backup is not copied
  /// again.
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
    Staging staging = staging();
    try {
      int there = staging.fill(archive);
      int sentAgain = preparation.prepare(staging.path(Manifest.DATABASE));
      place(archive);
      staging.delete();
      return new Done(archive.manifest(), there, sentAgain);
    } catch (StartException | BackupException e) { // no further try would be another one
      staging.delete();
      throw e;
    }
  }

  private void refuseToReplace(Archive archive) throws IOException, BackupException {
    boolean whole = !archive.below(Manifest.ZONE).isEmpty();
    for (String name : List.of(Manifest.DATABASE, Manifest.TRUST, Manifest.ZONE)) {
      boolean mayStay = name.equals(Manifest.ZONE) && !whole;
      if (!mayStay && Archive.isThere(data.resolve(name))) {
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

  /// Renames into place. The list of what is put there is written before and goes last.
  private void place(Archive archive) throws IOException {
    var names = new ArrayList<String>();
    names.add(Manifest.DATABASE);
    FOLDERS.stream().filter(folder -> !archive.below(folder).isEmpty()).forEach(names::add);
    archive.below(Manifest.KEYS).stream()
        .map(Manifest.Entry::name)
        .filter(name -> !Archive.isThere(data.resolve(name)))
        .forEach(names::add);
    Path list = data.resolve(DataFolder.RESTORING);
    Files.writeString(list, String.join("\n", names) + "\n");
    Staging.sync(list);
    Staging.sync(data);
    try {
      for (String name : names) {
        Path target = data.resolve(name);
        Files.createDirectories(Staging.parent(target));
        Files.move(staging().path(name), target);
        Staging.sync(Staging.parent(target));
      }
    } catch (IOException e) {
      undo();
      throw e;
    }
    Files.delete(list);
    Staging.sync(data);
  }

  /// Takes back what an interrupted restore has put in place; what is whole is not copied again.
  private void undo() throws IOException {
    Path list = data.resolve(DataFolder.RESTORING);
    if (!Files.exists(list)) {
      return;
    }
    for (String name : Files.readAllLines(list)) {
      if (Manifest.isName(name) || FOLDERS.contains(name)) {
        staging().takeBack(data.resolve(name), name);
      }
    }
    Files.delete(list);
  }

  private Staging staging() {
    return new Staging(data.resolve(STAGED));
  }
}
