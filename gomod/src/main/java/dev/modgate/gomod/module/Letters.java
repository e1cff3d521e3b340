package dev.modgate.gomod.module;

/// What counts as a letter in a file name: what `go` takes for one, which since Go 1.21 is a letter
/// of Unicode 15.0.
///
/// Java 25 knows Unicode 16, and a file named with a newer letter would be accepted here and
/// refused by every `go` inside. So the letters that are newer stand here; a test compares all of
/// them with `go`.
final class Letters {
  /// First and last, in order.
  private static final int[] NEWER = {
    0x1c89, 0x1c8a, 0xa7cb, 0xa7cd, 0xa7da, 0xa7dc, 0x105c0, 0x105f3, 0x10d4a, 0x10d65, 0x10d6f,
    0x10d85, 0x10ec2, 0x10ec4, 0x11380, 0x11389, 0x1138b, 0x1138b, 0x1138e, 0x1138e, 0x11390,
    0x113b5, 0x113b7, 0x113b7, 0x113d1, 0x113d1, 0x113d3, 0x113d3, 0x11bc0, 0x11be0, 0x13460,
    0x143fa, 0x16100, 0x1611d, 0x16d40, 0x16d6c, 0x18cff, 0x18cff, 0x1e5d0, 0x1e5ed, 0x1e5f0,
    0x1e5f0, 0x2ebf0, 0x2ee5d
  };

  private Letters() {}

  static boolean contains(int c) {
    return Character.isLetter(c) && !isNewer(c);
  }

  private static boolean isNewer(int c) {
    for (int i = 0; i < NEWER.length && NEWER[i] <= c; i += 2) {
      if (c <= NEWER[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
