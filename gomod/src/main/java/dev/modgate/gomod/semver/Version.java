package dev.modgate.gomod.semver;

import dev.modgate.gomod.quote.Quoted;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A canonical Go module version: `vMAJOR.MINOR.PATCH[-PRERELEASE][+incompatible]`.
///
/// Canonical means what `golang.org/x/mod/module.CanonicalVersion` returns unchanged: three numeric
/// parts, no build metadata but `+incompatible`. Ordered as Go orders them: by semver precedence;
/// versions that precedence holds equal (`v2.0.0` and `v2.0.0+incompatible`) by their text, so that
/// the order agrees with [#equals].
///
/// Source: https://go.dev/ref/mod#versions, https://semver.org/spec/v2.0.0.html
public final class Version implements Comparable<Version> {
  private static final Pattern FORM =
      Pattern.compile(
          "v(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
              + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(\\+incompatible)?");

  private static final Pattern PSEUDO =
      Pattern.compile("v[0-9]+\\.(0\\.0-|[0-9]+\\.[0-9]+-([^+]*\\.)?0\\.)[0-9]{14}-[A-Za-z0-9]+");

  /// Of the case-encoded form, in which an upper-case letter takes two characters: with a suffix it
  /// is the name of a file, which file systems hold to 255 bytes. Real versions stay under 100.
  public static final int MAX_LENGTH = 200;

  private static final String INCOMPATIBLE = "+incompatible";

  private final String text;
  // places in the text: versions are held by the 100,000, and rarely taken apart
  private final int majorEnd;
  private final int minorEnd;
  private final int patchEnd;

  private Version(String text, Matcher m) {
    this.text = text;
    this.majorEnd = m.end(1);
    this.minorEnd = m.end(2);
    this.patchEnd = m.end(3);
  }

  /// @throws IllegalArgumentException naming the text and what is wrong with it
  public static Version parse(String text) {
    long length = text.length() + text.chars().filter(c -> c >= 'A' && c <= 'Z').count();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "version is "
              + length
              + " characters long in case-encoded form, at most "
              + MAX_LENGTH
              + " are allowed");
    }
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "version "
              + Quoted.of(text)
              + " is not canonical: want vMAJOR.MINOR.PATCH, as in v1.2.3");
    }
    var version = new Version(text, m);
    for (String part : version.prerelease().split("\\.", -1)) {
      if (part.length() > 1 && part.charAt(0) == '0' && isNumeric(part)) {
        throw new IllegalArgumentException(
            "version "
                + Quoted.of(text)
                + ": numeric part "
                + Quoted.of(part)
                + " has a leading zero");
      }
    }
    return version;
  }

  /// The major part as digits, without `v`; unbounded in length, hence text.
  public String major() {
    return text.substring(1, majorEnd);
  }

  public boolean isIncompatible() {
    return text.endsWith(INCOMPATIBLE);
  }

  /// Pseudo-versions are pre-releases too.
  public boolean isPrerelease() {
    return patchEnd < text.length() && text.charAt(patchEnd) == '-';
  }

  public boolean isPseudo() {
    String base = isIncompatible() ? text.substring(0, text.indexOf('+')) : text;
    return base.chars().filter(c -> c == '-').count() >= 2 && PSEUDO.matcher(base).matches();
  }

  /// The parts of a pseudo-version; empty for every other version.
  public Optional<PseudoVersion> pseudo() {
    return isPseudo() ? Optional.of(PseudoVersion.of(this)) : Optional.empty();
  }

  String minor() {
    return text.substring(majorEnd + 1, minorEnd);
  }

  String patch() {
    return text.substring(minorEnd + 1, patchEnd);
  }

  String prerelease() {
    int end = text.length() - (isIncompatible() ? INCOMPATIBLE.length() : 0);
    return patchEnd == end ? "" : text.substring(patchEnd + 1, end);
  }

  @Override
  public int compareTo(Version other) {
    int c = compareNumeric(major(), other.major());
    if (c == 0) {
      c = compareNumeric(minor(), other.minor());
    }
    if (c == 0) {
      c = compareNumeric(patch(), other.patch());
    }
    if (c == 0) {
      c = comparePrerelease(prerelease(), other.prerelease());
    }
    return c != 0 ? c : text.compareTo(other.text);
  }

  private static int comparePrerelease(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? 1 : -1; // a release comes after its pre-releases
    }
    String[] as = a.split("\\.", -1);
    String[] bs = b.split("\\.", -1);
    for (int i = 0; i < Math.min(as.length, bs.length); i++) {
      int c = compareIdentifier(as[i], bs[i]);
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(as.length, bs.length);
  }

  private static int compareIdentifier(String a, String b) {
    boolean an = isNumeric(a);
    boolean bn = isNumeric(b);
    if (an != bn) {
      return an ? -1 : 1; // semver 11.4.3: numeric identifiers come first
    }
    return an ? compareNumeric(a, b) : a.compareTo(b);
  }

  private static int compareNumeric(String a, String b) {
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static boolean isNumeric(String s) {
    return !s.isEmpty() && s.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Version v && v.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
