package dev.modgate.gomod.fuzz;

import dev.modgate.gomod.dirhash.H1;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/// Other readers of zips, by the directory and from the front, which must find in an accepted one
/// what we have found.
final class JdkZip {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Content(byte[] name, byte[] bytes) {}

  private JdkZip() {}

  /// @throws IllegalStateException when the JDK hashes it in another way, or can't read it
  static void check(byte[] zip, H1 ours) {
    try {
      Path file = Files.createTempFile("fuzz", ".zip");
      try {
        Files.write(file, zip);
        Answer.same(hash(fromDirectory(file)), ours);
        checkFront(zip, ours);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the JDK can't read what we accept", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void checkFront(byte[] zip, H1 ours) throws IOException, NoSuchAlgorithmException {
    try {
      Answer.same(hash(fromFront(zip)), ours);
    } catch (ZipException e) {
      if (!"only DEFLATED entries can have EXT descriptor".equals(e.getMessage())) {
        throw e; // else it is right, and who reads from the front can't know where it ends
      }
    }
  }

  private static List<Content> fromDirectory(Path file) throws IOException {
    var contents = new ArrayList<Content>();
    try (var zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        contents.add(new Content(name(entry), zip.getInputStream(entry).readAllBytes()));
      }
    }
    return contents;
  }

  private static List<Content> fromFront(byte[] bytes) throws IOException {
    var contents = new ArrayList<Content>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        contents.add(new Content(name(entry), zip.readAllBytes()));
      }
    }
    return contents;
  }

  private static H1 hash(List<Content> contents) throws NoSuchAlgorithmException {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    contents.sort((a, b) -> Arrays.compareUnsigned(a.name, b.name));
    for (Content content : contents) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.bytes);
      all.update((HexFormat.of().formatHex(digest) + "  ").getBytes(StandardCharsets.US_ASCII));
      all.update(content.name);
      all.update((byte) '\n');
    }
    return H1.of(all.digest());
  }

  private static byte[] name(ZipEntry entry) {
    return entry.getName().getBytes(StandardCharsets.UTF_8);
  }
}
