package dev.modgate.backup;

import java.time.Instant;
import java.util.List;

/// What is in a backup.
///
/// @param format of the archive; rises where an older version could not restore it
/// @param version of the Modgate that took it
/// @param createdAt when it was begun: the database is of that moment
/// @param entries all but the manifest
public record Manifest(int format, String version, Instant createdAt, List<Entry> entries) {
  static final String NAME = "manifest.json";

  /// Without a zone store.
  static final int FORMAT = 1;

  /// With one, which an older version would not put in its place.
  static final int WHOLE = 2;

  static final String DATABASE = "watcher/modgate.mv.db";
  static final String TRUST = "outer/trust";
  static final String KEYS = "keys";
  static final String ZONE = "inner";

  public Manifest {
    entries = List.copyOf(entries);
  }

  /// @param name as in the data folder, with `/`
  /// @param sha256 hex
  public record Entry(String name, long size, String sha256) {}

  public long bytes() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  /// Whether a backup has such an entry: one of the places above, and no way out of them.
  static boolean isName(String name) {
    if (name.equals(DATABASE)) {
      return true;
    }
    boolean placed =
        name.startsWith(TRUST + "/")
            || name.startsWith(KEYS + "/")
            || (name.startsWith(ZONE + "/") && !name.startsWith(ZONE + "/.tmp-"));
    return placed
        && name.length() <= 1024
        && List.of(name.split("/", -1)).stream().allMatch(Manifest::isSegment);
  }

  private static boolean isSegment(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && segment.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != ':');
  }
}
