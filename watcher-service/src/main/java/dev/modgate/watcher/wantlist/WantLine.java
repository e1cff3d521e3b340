package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import java.util.Comparator;
import java.util.Optional;

/// One line of a want list.
///
/// @param goMod whether the go.mod alone is wanted; else the module whole
/// @param hash empty where the project has none
public record WantLine(ModuleVersion module, boolean goMod, Optional<H1> hash)
    implements Comparable<WantLine> {
  private static final Comparator<WantLine> ORDER =
      Comparator.comparing(WantLine::key).thenComparing(WantLine::hashText);

  static final int MOST_BYTES = 1024;

  private static final String GO_MOD = "/go.mod";
  private static final String NO_HASH = "-";

  /// @throws IllegalArgumentException saying what is wrong
  public static WantLine parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != 3) {
      throw new IllegalArgumentException(
          "has " + fields.length + " fields, want 3 with one blank between: path, version, hash");
    }
    boolean goMod = fields[1].endsWith(GO_MOD);
    String version =
        goMod ? fields[1].substring(0, fields[1].length() - GO_MOD.length()) : fields[1];
    var module = new ModuleVersion(new ModulePath(fields[0]), Version.parse(version));
    Optional<H1> hash =
        fields[2].equals(NO_HASH) ? Optional.empty() : Optional.of(new H1(fields[2]));
    return new WantLine(module, goMod, hash);
  }

  private String key() {
    return module.path().value() + " " + module.version() + (goMod ? GO_MOD : "");
  }

  private String hashText() {
    return hash.map(H1::value).orElse(NO_HASH);
  }

  /// First by path and version as they are written, then by hash.
  @Override
  public int compareTo(WantLine other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return key() + " " + hashText();
  }
}
