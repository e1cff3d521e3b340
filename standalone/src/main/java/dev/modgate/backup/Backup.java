package dev.modgate.backup;

import dev.modgate.gomod.quote.Quoted;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/// Takes backups of one data folder.
///
/// @param data the folder
/// @param version of this Modgate
/// @param whole with the zone store, so that nothing else is needed on an empty machine
public record Backup(Path data, String version, Clock clock, boolean whole) {

  /// The file of the database of a data folder; for who holds the folder.
  public static Path database(Path data) {
    return data.resolve(Manifest.DATABASE);
  }

  /// Writes one, whole or not at all.
  ///
  /// @param file must not be there
  /// @throws BackupException where there is nothing to back up, or the file is there
  public Manifest write(Path file, DatabaseSource database) throws IOException, BackupException {
    if (!Files.exists(data.resolve(Manifest.DATABASE))) {
      throw new BackupException(
          "there is no database \"" + data.resolve(Manifest.DATABASE) + "\" to back up");
    }
    if (Files.exists(file)) {
      throw present(file);
    }
    Path folder =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    Path part;
    try {
      part = Files.createTempFile(folder, file.getFileName() + ".", ".part"); // its owner's alone
    } catch (NoSuchFileException e) {
      throw new BackupException("there is no folder \"" + folder + "\"");
    }
    try {
      Manifest manifest = writeAll(part, database);
      Files.move(part, file);
      return manifest;
    } catch (FileAlreadyExistsException e) {
      throw present(file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static BackupException present(Path file) {
    return new BackupException(
        Quoted.of(file.toString()) + " is there already, and a backup overwrites nothing");
  }

  private Manifest writeAll(Path part, DatabaseSource database)
      throws IOException, BackupException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      var zip = new ZipOutputStream(Channels.newOutputStream(channel));
      var begun = clock.instant();
      var entries = new ArrayList<Manifest.Entry>();
      entries.add(entry(zip, Manifest.DATABASE, database));
      for (Predicate<String> some : TRUST_IN_ORDER) {
        addFiles(zip, Manifest.TRUST, some, entries);
      }
      addFiles(zip, Manifest.KEYS, name -> !name.endsWith(".new"), entries);
      if (whole) {
        for (Predicate<String> some : ZONE_IN_ORDER) {
          addFiles(zip, Manifest.ZONE, some, entries);
        }
      }
      if (entries.size() >= Archive.MOST_ENTRIES) {
        throw new BackupException(
            "the zone store has more than "
                + Archive.MOST_ENTRIES
                + " files, which is too much for one backup: take it without, and back the zone"
                + " store up by itself");
      }
      int format = whole ? Manifest.WHOLE : Manifest.FORMAT;
      var manifest = new Manifest(format, version, begun, entries);
      zip.putNextEntry(new ZipEntry(Manifest.NAME));
      zip.write(JsonMapper.shared().writeValueAsBytes(manifest));
      zip.closeEntry();
      zip.finish();
      channel.force(true);
      return manifest;
    }
  }

  /// Verifiers may write meanwhile. Tiles without the head that needs them are no harm, nor is an
  /// alarm beside its acknowledgement; the other way round something would be missing.
  private static final List<Predicate<String>> TRUST_IN_ORDER =
      List.of(
          name -> name.contains("/tile/"),
          name -> name.endsWith("/alarm"),
          name -> !name.contains("/tile/") && !name.endsWith("/alarm"));

  /// The publisher may write meanwhile: what it writes last is taken first, so that all which a
  /// list names is in the backup.
  private static final List<Predicate<String>> ZONE_IN_ORDER =
      List.of(
          name -> !isAside(name) && isSwitch(name),
          name -> !isAside(name) && !isSwitch(name) && isSign(name),
          name -> !isAside(name) && !isSwitch(name) && !isSign(name));

  /// What the scrub took away is no part of the store, and of any size.
  private static boolean isAside(String name) {
    return name.startsWith(Manifest.ZONE + "/_modgate/aside/");
  }

  /// What makes versions and epochs visible.
  private static boolean isSwitch(String name) {
    return name.endsWith("/@v/list")
        || name.endsWith("/@latest")
        || (name.startsWith(Manifest.ZONE + "/sumdb/")
            && (name.endsWith("/latest") || name.endsWith("/epochs")));
  }

  /// What is written when other files are there.
  private static boolean isSign(String name) {
    return name.endsWith(".info")
        || name.startsWith(Manifest.ZONE + "/_modgate/")
        || name.contains("/lookup/");
  }

  private void addFiles(
      ZipOutputStream zip, String below, Predicate<String> wanted, List<Manifest.Entry> entries)
      throws IOException {
    for (String name : names(below)) {
      if (wanted.test(name)) {
        InputStream file;
        try {
          file = Files.newInputStream(data.resolve(name));
        } catch (NoSuchFileException e) {
          continue; // an alarm that was acknowledged meanwhile
        }
        try (file) { // a file is replaced, never changed: it stays what it was when it was opened
          zip.setLevel(
              name.endsWith(".zip") ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
          entries.add(entry(zip, name, file::transferTo));
        }
      }
    }
  }

  private List<String> names(String below) throws IOException {
    Path folder = data.resolve(below);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> Files.isRegularFile(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .map(path -> data.relativize(path).toString().replace('\\', '/'))
          .filter(Manifest::isName)
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  private static Manifest.Entry entry(ZipOutputStream zip, String name, DatabaseSource content)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    MessageDigest digest = sha256();
    var counted = new Counted(new DigestOutputStream(zip, digest));
    content.writeTo(counted);
    zip.closeEntry();
    return new Manifest.Entry(name, counted.bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static final class Counted extends FilterOutputStream {
    private long bytes;

    private Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      bytes++;
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      out.write(b, off, len);
      bytes += len;
    }

    @Override
    public void close() {
      // the archive goes on
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
