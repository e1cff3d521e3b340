package dev.modgate.backup;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Where a backup is unpacked, in the data folder itself so that a rename puts it in place.
///
/// @param root may hold what an interrupted restore left: nothing in it is trusted but by its hash
record Staging(Path root) {

  /// The file of an entry, or the folder of several.
  Path path(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalStateException(Quoted.of(name) + " leads out of its folder");
    }
    return path;
  }

  /// Afterwards there is all of the backup, on the disk, and nothing else.
  ///
  /// @return how many entries were there already
  int fill(Archive archive) throws IOException, BackupException {
    Files.createDirectories(root);
    Set<Path> wanted = new HashSet<>();
    archive.manifest().entries().forEach(entry -> wanted.add(path(entry.name())));
    deleteBut(wanted);
    int there = 0;
    for (Manifest.Entry entry : archive.manifest().entries()) {
      if (has(entry)) {
        there++;
      } else {
        copy(archive, entry);
      }
    }
    try (Stream<Path> folders = Files.walk(root)) {
      for (Path folder : folders.filter(path -> Files.isDirectory(path, NOFOLLOW_LINKS)).toList()) {
        sync(folder);
      }
    }
    return there;
  }

  private boolean has(Manifest.Entry entry) throws IOException {
    Path file = path(entry.name());
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS) || Files.size(file) != entry.size()) {
      return false;
    }
    MessageDigest digest = Backup.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest()).equals(entry.sha256());
  }

  private void copy(Archive archive, Manifest.Entry entry) throws IOException, BackupException {
    Path target = path(entry.name());
    Files.deleteIfExists(target);
    Files.createDirectories(parent(target));
    boolean zone = entry.name().startsWith(Manifest.ZONE + "/");
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      if (!zone) {
        makePrivate(target);
      }
      archive.copy(entry, Channels.newOutputStream(channel));
      channel.force(true);
    }
    if (zone && !target.toFile().setReadOnly()) { // as the publisher leaves them
      throw new IOException("could not make \"" + target + "\" read-only");
    }
  }

  /// Moves what was put in place back here, to be compared; where that can't be, it is deleted.
  void takeBack(Path placed, String name) throws IOException {
    if (!Archive.isThere(placed)) {
      return;
    }
    Path target = path(name);
    if (Archive.isThere(target)) {
      delete(placed);
    } else {
      Files.createDirectories(parent(target));
      Files.move(placed, target);
    }
  }

  private void deleteBut(Set<Path> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!wanted.contains(file) && !Files.isDirectory(file, NOFOLLOW_LINKS)) {
          Files.delete(file);
        } else if (wanted.contains(file) && Files.isDirectory(file, NOFOLLOW_LINKS)) {
          delete(file);
        }
      }
    }
  }

  void delete() throws IOException {
    delete(root);
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

  static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "below the data folder");
  }

  private static void makePrivate(Path path) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folders, and needs no such write
    }
  }
}
