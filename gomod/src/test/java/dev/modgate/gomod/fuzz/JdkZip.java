package dev.modgate.gomod.fuzz;

import dev.modgate.gomod.dirhash.H1;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Another reader of zips, which must find in an accepted one what we have found.
final class JdkZip {
  private JdkZip() {}

  /// @throws IllegalStateException when the JDK hashes it in another way, or can't read it
  static void check(byte[] zip, H1 ours) {
    try {
      Path file = Files.createTempFile("fuzz", ".zip");
      try {
        Files.write(file, zip);
        String theirs = hash(file);
        if (!theirs.equals(ours.value())) {
          throw new IllegalStateException("the JDK finds " + theirs + ", we " + ours);
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the JDK can't read what we accept", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    try (var zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream().sorted((a, b) -> Arrays.compareUnsigned(name(a), name(b))).toList();
      for (ZipEntry entry : entries) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        all.update((HexFormat.of().formatHex(digest) + "  ").getBytes(StandardCharsets.US_ASCII));
        all.update(name(entry));
        all.update((byte) '\n');
      }
    }
    return H1.of(all.digest()).value();
  }

  private static byte[] name(ZipEntry entry) {
    return entry.getName().getBytes(StandardCharsets.UTF_8);
  }
}
