package dev.modgate.gomod.graph;

import dev.modgate.gomod.semver.Version;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which of two versions of one path is newer. A main module's comes last; what is malformed comes
/// first, and is equal among itself.
final class VersionOrder {
  private static final String NUMBER = "(0|[1-9][0-9]*)";
  private static final Pattern GO =
      Pattern.compile(
          NUMBER + "(?:\\." + NUMBER + "(?:\\." + NUMBER + "|([a-z]+)" + NUMBER + "?)?)?");

  /// Below it, `1.20` means `1.20.0`; from it on, it is a version of the language, which comes
  /// before all releases of it.
  private static final String FIRST_WITH_PATCH = "21";

  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /// By path, then by version.
  static final Comparator<Node> NODES =
      Comparator.comparing(Node::path)
          .thenComparing((a, b) -> compare(a.path(), a.version(), b.version()));

  private VersionOrder() {}

  static int compare(String path, String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? 1 : -1;
    }
    return switch (path) {
      case Node.GO -> compareGo(a, b);
      case Node.TOOLCHAIN -> compareGo(ofToolchain(a), ofToolchain(b));
      default -> compareModules(a, b);
    };
  }

  /// @param a without `go` at its beginning
  static int compareGo(String a, String b) {
    Matcher x = GO.matcher(a);
    Matcher y = GO.matcher(b);
    boolean good = x.matches();
    if (!good || !y.matches()) {
      return Boolean.compare(good, y.matches());
    }
    int c = 0;
    for (int part = 1; part <= 5 && c == 0; part++) {
      String left = part(x, part);
      String right = part(y, part);
      c = part == 4 ? left.compareTo(right) : BY_NUMBER.compare(left, right);
    }
    return c;
  }

  private static String part(Matcher m, int part) {
    if (m.group(part) != null) {
      return Objects.requireNonNull(m.group(part));
    }
    boolean implied = part == 2 || (part == 3 && m.group(4) == null && isOld(m.group(2)));
    return implied ? "0" : "";
  }

  private static boolean isOld(@Nullable String minor) {
    return minor == null || BY_NUMBER.compare(minor, FIRST_WITH_PATCH) < 0;
  }

  /// @param name `go1.25.1` or `go1.25.1-corp`, or without `go` at its beginning
  private static String ofToolchain(String name) {
    if (GO.matcher(name).matches()) {
      return name;
    }
    String text = name.startsWith("go") ? name.substring(2) : "";
    return text.split("[ \t-]", 2)[0];
  }

  private static int compareModules(String a, String b) {
    Version left = parse(a);
    Version right = parse(b);
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    return left.compareTo(right);
  }

  private static @Nullable Version parse(String version) {
    try {
      return Version.parse(version);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
