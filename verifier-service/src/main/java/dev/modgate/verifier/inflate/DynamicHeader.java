package dev.modgate.verifier.inflate;

import java.util.Arrays;

/// The header of a block with codes of its own: RFC 1951 section 3.2.7.
///
/// Takes only codes in which every bit pattern means exactly one symbol that RFC 1951 knows. About
/// these, all decompressors agree. About others they don't: an incomplete code is refused by zlib
/// and by Go but for one special case, while libdeflate reads its unused patterns as its used ones,
/// and reads symbols 286 and 287 as lengths, 30 and 31 as distances.
final class DynamicHeader {
  static final int END_OF_BLOCK = 256;
  static final int MAX_LITERALS = 286;
  static final int MAX_DISTANCES = 30;
  static final int MAX_BITS = 15;
  private static final int LENGTH_BITS = 7;
  private static final byte[] LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final byte[] lengthLengths = new byte[LENGTH_ORDER.length];
  private final byte[] lengthSymbols = new byte[1 << LENGTH_BITS];
  private final byte[] lengths = new byte[MAX_LITERALS + MAX_DISTANCES];
  private final int[] counts = new int[MAX_BITS + 1];
  private int literals;
  private int distances;
  private int endCode;
  private int endBits;

  /// How the end of the block is written: the lowest [#endBits] bits, in the order in which they
  /// are read.
  int endCode() {
    return endCode;
  }

  int endBits() {
    return endBits;
  }

  /// Of the literals' codes, then of the distances'; 0 where a symbol has none.
  byte[] lengths() {
    return lengths;
  }

  int literals() {
    return literals;
  }

  int distances() {
    return distances;
  }

  /// @param in behind the three bits that say what block it is
  /// @return whether it is one that all decompressors read alike
  boolean read(Bits in) {
    literals = in.take(5) + 257;
    distances = in.take(5) + 1;
    int known = in.take(4) + 4;
    if (literals > MAX_LITERALS || distances > MAX_DISTANCES) {
      return false;
    }
    Arrays.fill(lengthLengths, (byte) 0);
    for (int i = 0; i < known; i++) {
      lengthLengths[LENGTH_ORDER[i]] = (byte) in.take(3);
    }
    boolean right =
        readLengthCode()
            && readLengths(in, literals + distances)
            && isComplete(literals, literals + distances)
            && isComplete(0, literals)
            && lengths[END_OF_BLOCK] > 0
            && !in.isPastEnd();
    if (right) {
      findEnd();
    }
    return right;
  }

  /// Fills the table that has a symbol for each [#LENGTH_BITS] bits.
  private boolean readLengthCode() {
    int code = 0;
    for (int length = 1; length <= LENGTH_BITS; length++) {
      for (int symbol = 0; symbol < lengthLengths.length; symbol++) {
        if (lengthLengths[symbol] == length) {
          if (code >> length != 0) {
            return false; // more codes than patterns
          }
          int step = 1 << length;
          for (int i = reversed(code, length); i < lengthSymbols.length; i += step) {
            lengthSymbols[i] = (byte) symbol;
          }
          code++;
        }
      }
      code <<= 1;
    }
    return code == 2 << LENGTH_BITS;
  }

  private boolean readLengths(Bits in, int count) {
    int i = 0;
    while (i < count) {
      int symbol = lengthSymbols[in.peek(LENGTH_BITS)];
      in.at(in.at() + lengthLengths[symbol]);
      if (symbol < 16) {
        lengths[i++] = (byte) symbol;
        continue;
      }
      if (symbol == 16 && i == 0) {
        return false; // nothing to repeat
      }
      byte repeated = symbol == 16 ? lengths[i - 1] : 0;
      int times =
          switch (symbol) {
            case 16 -> 3 + in.take(2);
            case 17 -> 3 + in.take(3);
            default -> 11 + in.take(7);
          };
      if (times > count - i) {
        return false;
      }
      Arrays.fill(lengths, i, i + times, repeated);
      i += times;
    }
    return true;
  }

  /// Leaves in [#counts] how many symbols have codes of each length.
  private boolean isComplete(int from, int to) {
    Arrays.fill(counts, 0);
    for (int i = from; i < to; i++) {
      counts[lengths[i]]++;
    }
    counts[0] = 0;
    int patterns = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      patterns += counts[length] << (MAX_BITS - length);
    }
    return patterns == 1 << MAX_BITS;
  }

  private void findEnd() {
    endBits = lengths[END_OF_BLOCK];
    int code = 0;
    for (int length = 1; length <= endBits; length++) {
      code = (code + counts[length - 1]) << 1;
    }
    for (int symbol = 0; symbol < END_OF_BLOCK; symbol++) {
      if (lengths[symbol] == endBits) {
        code++;
      }
    }
    endCode = reversed(code, endBits);
  }

  private static int reversed(int code, int bits) {
    return Integer.reverse(code) >>> (Integer.SIZE - bits);
  }
}
