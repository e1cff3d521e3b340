package dev.modgate.gomod.module;

import dev.modgate.gomod.semver.Version;
import org.jspecify.annotations.Nullable;

/// The major version that a module path carries: `/v2` at the end, `.v2` under gopkg.in.
///
/// Source: `golang.org/x/mod/module.SplitPathVersion`, `CheckPathMajor`
///
/// @param major digits; empty where the path carries none
/// @param gopkg whether the path is one of gopkg.in, where `.v0` and `.v1` are written too
record PathMajor(String major, boolean gopkg) {
  private static final String GOPKG = "gopkg.in/";
  private static final String UNSTABLE = "-unstable";

  /// @return null when the path ends in what looks like a major version but is none
  static @Nullable PathMajor of(String path) {
    return path.startsWith(GOPKG) ? ofGopkg(path) : ofOther(path);
  }

  private static @Nullable PathMajor ofOther(String path) {
    int digits = path.length();
    while (digits > 0 && (isDigit(path, digits - 1) || path.charAt(digits - 1) == '.')) {
      digits--;
    }
    if (digits <= 1 || digits == path.length() || !path.startsWith("/v", digits - 2)) {
      return new PathMajor("", false);
    }
    String major = path.substring(digits);
    boolean wellFormed = major.indexOf('.') < 0 && major.charAt(0) != '0' && !major.equals("1");
    return wellFormed ? new PathMajor(major, false) : null;
  }

  private static @Nullable PathMajor ofGopkg(String path) {
    int end = path.endsWith(UNSTABLE) ? path.length() - UNSTABLE.length() : path.length();
    int digits = end;
    while (digits > 0 && isDigit(path, digits - 1)) {
      digits--;
    }
    String major = path.substring(digits, end);
    boolean wellFormed =
        digits > 1
            && path.startsWith(".v", digits - 2)
            && !major.isEmpty()
            && (major.charAt(0) != '0' || major.equals("0"));
    return wellFormed ? new PathMajor(major, true) : null;
  }

  private static boolean isDigit(String s, int i) {
    return PathElements.isDigit(s.charAt(i));
  }

  /// Why a version cannot be one of this path, or null.
  @Nullable String fault(Version version) {
    if (major.isEmpty()) {
      return faultWithoutSuffix(version);
    }
    // Old versions of go made such pseudo-versions for gopkg.in/….v1, and go.mod files have them.
    if (gopkg && major.equals("1") && version.toString().startsWith("v0.0.0-")) {
      return null;
    }
    if (!version.major().equals(major)) {
      return "the path wants v" + major + ", not v" + version.major();
    }
    if (version.isIncompatible()) {
      return "+incompatible stands only where the path has no major version suffix";
    }
    return null;
  }

  private static @Nullable String faultWithoutSuffix(Version version) {
    boolean low = version.major().equals("0") || version.major().equals("1");
    if (!low && !version.isIncompatible()) {
      return "the path wants v0, v1 or +incompatible, not v" + version.major();
    }
    if (low && version.isIncompatible()) {
      return "+incompatible stands only from v2 on";
    }
    return null;
  }
}
