package dev.modgate.gomod.proxy;

import dev.modgate.gomod.semver.Version;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/// The text of `@v/list`: one version a line.
///
/// Read as the `go` command reads it: the first word of a line counts (some proxies add a time), a
/// line that is no canonical version is skipped, and so is a pseudo-version.
///
/// Source: `cmd/go/internal/modfetch.proxyRepo.Versions`
public final class VersionListFile {
  /// Largest file read, in bytes; the longest public list has some 100 KiB.
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private VersionListFile() {}

  /// In Go's order.
  ///
  /// @throws IllegalArgumentException when it is larger than [#MAX_BYTES]
  public static SortedSet<Version> parse(byte[] content) {
    if (content.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "list has " + content.length + " bytes, at most " + MAX_BYTES + " are read");
    }
    var versions = new TreeSet<Version>();
    new String(content, StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> addIfVersion(line, versions));
    return versions;
  }

  /// Sorted, without doubles and pseudo-versions, each line ended; empty for no version.
  public static byte[] format(Collection<Version> versions) {
    var text = new StringBuilder();
    for (Version version : new TreeSet<>(versions)) {
      if (!version.isPseudo()) {
        text.append(version).append('\n');
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void addIfVersion(String line, SortedSet<Version> versions) {
    String word = line.strip().split("\\s+", 2)[0];
    try {
      Version version = Version.parse(word);
      if (!version.isPseudo()) {
        versions.add(version);
      }
    } catch (IllegalArgumentException e) {
      // the go command skips what is no version, and so do we
    }
  }
}
