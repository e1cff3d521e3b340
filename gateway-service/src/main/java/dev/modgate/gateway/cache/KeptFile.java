package dev.modgate.gateway.cache;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of the cache, and what its name says; see the package.
///
/// @param size of the content, in bytes
/// @param seen when the zone store was last seen to hold it
record KeptFile(String key, String content, String revision, long size, Instant seen) {
  private static final long BLOCK = 4096;
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{64})-([0-9a-f]{64})-([0-9a-f]{64})");

  /// Empty where the name is of no such file.
  static Optional<KeptFile> of(String name, long size, Instant seen) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? Optional.of(new KeptFile(parts.group(1), parts.group(2), parts.group(3), size, seen))
        : Optional.empty();
  }

  static String hash(ObjectKey key) {
    return hash(key.value());
  }

  static String hash(Revision revision) {
    return hash(revision.value());
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  KeptFile seenAt(Instant when) {
    return new KeptFile(key, content, revision, size, when);
  }

  Path in(Path folder) {
    return folder.resolve(key.substring(0, 2)).resolve(key + "-" + content + "-" + revision);
  }

  /// What it takes of the disk, nearly.
  long onDisk() {
    return Math.max(1, (size + BLOCK - 1) / BLOCK) * BLOCK;
  }
}
