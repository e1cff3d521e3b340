package dev.modgate.gomod.zip;

/// Names that are equal here are one file on a file system that ignores case.
///
/// For every letter that a file name may have, the same classes as Go's `strings.EqualFold`
/// (Unicode simple case folding); a test compares them.
final class Folding {
  private static final int DOTTED_CAPITAL_I = 0x130;
  private static final int DOTLESS_SMALL_I = 0x131;

  private Folding() {}

  static String fold(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return foldSlowly(name);
      }
    }
    return name;
  }

  private static String foldSlowly(String name) {
    var out = new StringBuilder(name.length());
    name.codePoints().map(Folding::fold).forEach(out::appendCodePoint);
    return out.toString();
  }

  static int fold(int c) {
    // Only Turkish pairs these with i and I; simple folding leaves them alone.
    if (c == DOTTED_CAPITAL_I || c == DOTLESS_SMALL_I) {
      return c;
    }
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}
