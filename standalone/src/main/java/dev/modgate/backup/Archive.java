package dev.modgate.backup;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A backup that is read. Nobody knows yet what is in the file: every number in it is a claim.
final class Archive implements AutoCloseable {
  static final int MOST_ENTRIES = 1_000_000;
  private static final int MOST_MANIFEST_BYTES = 256 << 20;

  /// Of each entry of the memory and the keys: a tile has 8 KiB.
  private static final long MOST_BYTES = 16 << 20;

  /// Of each of the zone store: a zip that `go` takes has at most 500 MiB.
  private static final long MOST_ZONE_BYTES = 1L << 30;

  private final Path file;
  private final ZipFile zip;
  private final Map<String, ZipEntry> found;
  private final Manifest manifest;

  private Archive(Path file, ZipFile zip) throws IOException, BackupException {
    this.file = file;
    this.zip = zip;
    this.found = found();
    this.manifest = readAndCheckFormat();
    checkEntries();
  }

  /// Opens a backup, and checks all but the hashes.
  ///
  /// @throws BackupException where it is none, or not whole
  static Archive open(Path file) throws IOException, BackupException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (NoSuchFileException e) {
      throw new BackupException("there is no file " + Quoted.of(file.toString()));
    } catch (ZipException e) {
      throw new BackupException(
          "backup "
              + Quoted.of(file.toString())
              + " is cut short, or none: "
              + Quoted.of(String.valueOf(e.getMessage())));
    }
    try {
      return new Archive(file, zip);
    } catch (IOException | BackupException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  Manifest manifest() {
    return manifest;
  }

  private Map<String, ZipEntry> found() throws BackupException {
    if (zip.size() > MOST_ENTRIES) {
      throw damaged("has " + zip.size() + " entries, more than " + MOST_ENTRIES);
    }
    Map<String, ZipEntry> all = new HashMap<>();
    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(e -> e)::iterator) {
      String name = entry.getName();
      if (!name.equals(Manifest.NAME) && !Manifest.isName(name)) {
        throw damaged("has an entry " + Quoted.of(name) + ", which no backup has");
      }
      if (all.put(name, entry) != null) {
        throw damaged("has two entries " + Quoted.of(name));
      }
    }
    return all;
  }

  private Manifest readManifest(ZipEntry entry) throws IOException, BackupException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MOST_MANIFEST_BYTES + 1);
      if (bytes.length > MOST_MANIFEST_BYTES) {
        throw damaged("has a manifest of more than " + MOST_MANIFEST_BYTES + " bytes");
      }
      return JsonMapper.shared().readValue(bytes, Manifest.class);
    } catch (JacksonException | ZipException | NullPointerException e) {
      throw damaged("has a manifest that can't be read");
    }
  }

  private Manifest readAndCheckFormat() throws IOException, BackupException {
    @Nullable ZipEntry entry = found.get(Manifest.NAME);
    if (entry == null) {
      throw damaged("has no manifest: it is cut short, or none");
    }
    Manifest read = readManifest(entry);
    if (read.format() != Manifest.FORMAT && read.format() != Manifest.WHOLE) {
      throw new BackupException(
          "backup "
              + Quoted.of(file.toString())
              + " has format "
              + read.format()
              + ", by Modgate "
              + Quoted.of(String.valueOf(read.version()))
              + "; this one reads formats "
              + Manifest.FORMAT
              + " and "
              + Manifest.WHOLE);
    }
    return read;
  }

  private void checkEntries() throws BackupException {
    Set<String> named = new HashSet<>();
    for (Manifest.Entry entry : manifest.entries()) {
      boolean database = Manifest.DATABASE.equals(entry.name());
      if (!named.add(entry.name()) || !found.containsKey(entry.name())) {
        throw damaged("lacks " + Quoted.of(entry.name()) + ", which its manifest names");
      }
      boolean zone = entry.name().startsWith(Manifest.ZONE + "/");
      if (zone && manifest.format() != Manifest.WHOLE) {
        throw damaged("has " + Quoted.of(entry.name()) + ", which its format does not have");
      }
      long most = zone ? MOST_ZONE_BYTES : MOST_BYTES;
      if (entry.size() < 0 || (!database && entry.size() > most)) {
        throw damaged(
            "has "
                + Quoted.of(entry.name())
                + " of "
                + entry.size()
                + " bytes, at most "
                + most
                + " are taken");
      }
    }
    for (String name : found.keySet()) {
      if (!name.equals(Manifest.NAME) && !named.contains(name)) {
        throw damaged("has " + Quoted.of(name) + ", which its manifest does not name");
      }
    }
    if (!named.contains(Manifest.DATABASE)) {
      throw damaged("has no database");
    }
  }

  /// Reads everything and compares it with the manifest.
  void check() throws IOException, BackupException {
    for (Manifest.Entry entry : manifest.entries()) {
      copy(entry, OutputStream.nullOutputStream());
    }
  }

  /// Copies one entry, no more bytes than its manifest says.
  ///
  /// @throws BackupException where it is another one than its manifest says
  void copy(Manifest.Entry entry, OutputStream out) throws IOException, BackupException {
    ZipEntry stored = found.get(entry.name());
    MessageDigest digest = Backup.sha256();
    long left = entry.size();
    var buffer = new byte[1 << 16];
    try (InputStream in = zip.getInputStream(stored)) {
      int n;
      while ((n = in.read(buffer)) > 0) {
        left -= n;
        if (left < 0) {
          throw damaged(
              "has more in "
                  + Quoted.of(entry.name())
                  + " than the "
                  + entry.size()
                  + " bytes of its manifest");
        }
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    } catch (ZipException | java.io.EOFException e) {
      throw damaged(
          "can't be read at "
              + Quoted.of(entry.name())
              + ": "
              + Quoted.of(String.valueOf(e.getMessage())));
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (left > 0 || !sha256.equals(entry.sha256())) {
      throw damaged(
          "is damaged: "
              + Quoted.of(entry.name())
              + " has SHA-256 "
              + sha256
              + ", but its manifest says "
              + Quoted.of(entry.sha256()));
    }
  }

  private BackupException damaged(String how) {
    return new BackupException("backup " + Quoted.of(file.toString()) + " " + how);
  }

  /// The names that start so, as in the data folder.
  List<Manifest.Entry> below(String folder) {
    return manifest.entries().stream()
        .filter(entry -> entry.name().startsWith(folder + "/"))
        .toList();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  static boolean isThere(Path path) {
    return Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }
}
