package dev.modgate.pipeline.store;

import dev.modgate.gomod.quote.Quoted;
import java.nio.charset.StandardCharsets;

/// The name of an object: segments joined by `/`, such as `github.com/!burnt!sushi/toml/@v/list`.
///
/// A segment is not empty, not `.` or `..`, holds neither NUL, control characters nor backslash,
/// and does not begin with `.tmp-` (the file store's own). So a key never leaves its store's
/// folder.
///
/// @param value at most 1,024 bytes of UTF-8, the limit of S3
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  /// Of its UTF-8.
  public static final int MAX_BYTES = 1024;

  /// @throws IllegalArgumentException naming the key and what is wrong with it
  public ObjectKey {
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "object key " + Quoted.of(value) + " is longer than 1024 bytes");
    }
    for (String segment : value.split("/", -1)) {
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || segment.startsWith(".tmp-")) {
        throw new IllegalArgumentException(
            "object key " + Quoted.of(value) + " has the segment " + Quoted.of(segment));
      }
    }
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
      throw new IllegalArgumentException(
          "object key " + Quoted.of(value) + " holds a control character or a backslash");
    }
  }

  /// Whether the key begins with the whole segments of `prefix`; every key begins with the empty
  /// prefix.
  boolean isUnder(String prefix) {
    return prefix.isEmpty()
        || value.equals(prefix)
        || value.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
