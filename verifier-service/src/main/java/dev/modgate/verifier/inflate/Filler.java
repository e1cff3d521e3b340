package dev.modgate.verifier.inflate;

/// Blocks without contents that end at a given bit of a byte, so that another block can begin
/// there.
final class Filler {
  private static final int FIXED_EMPTY = 0b10; // not the last, fixed codes; then 7 zeros end it
  private static final int FIXED_EMPTY_BITS = 10;
  private static final Filler[] ALL = new Filler[Byte.SIZE];

  static {
    for (int empties = 0; empties < 4; empties++) {
      for (boolean odd : new boolean[] {false, true}) {
        var filler = new Filler();
        if (odd) {
          filler.addDynamicEmpty();
        }
        for (int i = 0; i < empties; i++) {
          filler.add(FIXED_EMPTY, FIXED_EMPTY_BITS);
        }
        ALL[filler.bits % Byte.SIZE] = filler;
      }
    }
  }

  private final byte[] bytes = new byte[20];
  private int bits;

  private Filler() {}

  /// @param bit 0 to 7
  static Filler endingAt(int bit) {
    return ALL[bit];
  }

  /// Whole bytes.
  int length() {
    return bits / Byte.SIZE;
  }

  /// Writes the whole bytes right before an index, and the bits that are left over into the lowest
  /// of the byte there.
  void putBefore(byte[] target, int index) {
    int length = length();
    System.arraycopy(bytes, 0, target, index - length, length);
    int rest = bits % Byte.SIZE;
    if (rest > 0) {
      int mask = (1 << rest) - 1;
      target[index] = (byte) ((target[index] & ~mask) | bytes[length]);
    }
  }

  /// 95 bits: the one block without contents whose number of bits can be odd. Two literals, of
  /// which one is the end, and two distances, each in one bit.
  private void addDynamicEmpty() {
    add(0b100, 3);
    add(0, 5); // 257 literals and lengths
    add(1, 5); // 2 distances
    add(15, 4); // 19 lengths of the lengths' code: of 1 and 18 only
    for (int i = 0; i < 19; i++) {
      add(i == 2 || i == 17 ? 1 : 0, 3);
    }
    add(0, 1); // symbol 1: the first literal has 1 bit
    add(1, 1); // symbol 18: 138 without a code
    add(138 - 11, 7);
    add(1, 1);
    add(117 - 11, 7);
    add(0, 3); // three times symbol 1: the end, and both distances
    add(1, 1); // the end
  }

  private void add(int value, int count) {
    for (int i = 0; i < count; i++, bits++) {
      bytes[bits / Byte.SIZE] |= (byte) ((value >> i & 1) << bits % Byte.SIZE);
    }
  }
}
