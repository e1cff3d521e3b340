package dev.modgate.gomod.module;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.semver.Version;
import java.util.Comparator;

/// One version of one module, written `path@version`.
///
/// The version fits the path's major suffix: `example.com/m/v2` has only `v2.…` versions, and
/// `+incompatible` stands only where the path has no suffix
/// (`golang.org/x/mod/module.CheckPathMajor`).
public record ModuleVersion(ModulePath path, Version version) implements Comparable<ModuleVersion> {
  private static final Comparator<ModuleVersion> ORDER =
      Comparator.comparing(ModuleVersion::path).thenComparing(ModuleVersion::version);

  /// @throws IllegalArgumentException when the version cannot be one of the path
  public ModuleVersion {
    PathMajor major = PathMajor.of(path.value());
    String fault = major == null ? null : major.fault(version);
    if (fault != null) {
      throw new IllegalArgumentException(
          "module version " + Quoted.of(path + "@" + version) + ": " + fault);
    }
  }

  /// @param text `path@version`
  /// @throws IllegalArgumentException naming the text and what is wrong with it
  public static ModuleVersion parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(Quoted.of(text) + " is not of the form module@version");
    }
    return new ModuleVersion(
        new ModulePath(text.substring(0, at)), Version.parse(text.substring(at + 1)));
  }

  /// The version as it stands in URLs and object keys.
  public String escapedVersion() {
    return ModulePath.Escape.encode(version.toString());
  }

  /// Undoes [#escapedVersion].
  ///
  /// @throws IllegalArgumentException when the text is no case-encoded version
  public static Version unescapeVersion(String escaped) {
    return Version.parse(ModulePath.Escape.decode(escaped));
  }

  @Override
  public int compareTo(ModuleVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return path + "@" + version;
  }
}
