package dev.modgate.verifier.inflate;

import java.util.Arrays;

/// Finds the bit at which a block ends, when the byte is known.
///
/// A literal, or a length and a distance, takes 48 bits at most. So one of any 48 places in a row
/// is the beginning of one. From each of 48 places not far from the end, all are followed to the
/// end. Most soon meet; and when all that end in the right byte end at the same bit, that is where
/// the block ends.
final class Tail {
  private static final int MAX_TOKEN_BITS = 15 + 5 + 15 + 13;
  private static final int SHORT_BITS = MAX_TOKEN_BITS + 400;
  private static final int LONG_BITS = 16_384;

  /// The contents of a block that is worth the long way.
  private static final int MIN_LONG_BYTES = 16 << 10;

  private static final int NONE = -1;
  private static final byte[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };

  private final Code literals = new Code(DynamicHeader.MAX_LITERALS);
  private final Code distances = new Code(DynamicHeader.MAX_DISTANCES);
  private final boolean[] begins = new boolean[LONG_BITS];

  /// @param in the data
  /// @param begin the first bit behind the header
  /// @param endByte behind the byte in which the block ends
  /// @param size of the block's contents, bytes
  /// @return the place, in bits; negative where it may be one of several
  int find(Bits in, DynamicHeader header, int begin, int endByte, int size) {
    literals.of(header.lengths(), 0, header.literals());
    distances.of(header.lengths(), header.literals(), header.literals() + header.distances());
    int found = follow(in, begin, endByte * Byte.SIZE, SHORT_BITS);
    return found == NONE && size >= MIN_LONG_BYTES
        ? follow(in, begin, endByte * Byte.SIZE, LONG_BITS)
        : found;
  }

  private int follow(Bits in, int begin, int high, int bits) {
    int from = Math.max(begin, high - bits);
    Arrays.fill(begins, 0, bits, false);
    Arrays.fill(begins, 0, from == begin ? 1 : MAX_TOKEN_BITS, true);
    int found = NONE;
    for (int place = from; place < high; place++) {
      if (!begins[place - from]) {
        continue;
      }
      int token = literals.at(in, place);
      int next = place + Code.bits(token);
      if (Code.symbol(token) != DynamicHeader.END_OF_BLOCK) {
        next = behindDistance(in, Code.symbol(token), next);
        if (next < high) {
          begins[next - from] = true;
        }
      } else if (next > high - Byte.SIZE && next <= high) {
        if (found != NONE && found != next) {
          return NONE;
        }
        found = next;
      }
    }
    return found;
  }

  /// The same place for a literal, which has none.
  private int behindDistance(Bits in, int symbol, int place) {
    if (symbol < DynamicHeader.END_OF_BLOCK) {
      return place;
    }
    int next = place + LENGTH_EXTRA[symbol - DynamicHeader.END_OF_BLOCK - 1];
    int distance = distances.at(in, next);
    return next + Code.bits(distance) + Math.max(0, Code.symbol(distance) / 2 - 1);
  }

  /// A complete code.
  private static final class Code {
    private final int[] counts = new int[DynamicHeader.MAX_BITS + 1];
    private final int[] offsets = new int[DynamicHeader.MAX_BITS + 2];
    private final short[] symbols;

    private Code(int size) {
      this.symbols = new short[size];
    }

    private void of(byte[] lengths, int from, int to) {
      Arrays.fill(counts, 0);
      for (int i = from; i < to; i++) {
        counts[lengths[i]]++;
      }
      counts[0] = 0;
      for (int length = 0; length <= DynamicHeader.MAX_BITS; length++) {
        offsets[length + 1] = offsets[length] + counts[length];
      }
      for (int i = from; i < to; i++) {
        if (lengths[i] > 0) {
          symbols[offsets[lengths[i]]++] = (short) (i - from);
        }
      }
    }

    /// The symbol that stands at a place, and how many bits it takes.
    private int at(Bits in, int place) {
      int pattern = in.at(place, DynamicHeader.MAX_BITS);
      int code = 0;
      int first = 0;
      int index = 0;
      for (int length = 1; length <= DynamicHeader.MAX_BITS; length++) {
        code |= pattern & 1;
        pattern >>= 1;
        if (code - first < counts[length]) {
          return symbols[index + code - first] << 4 | length;
        }
        index += counts[length];
        first = (first + counts[length]) << 1;
        code <<= 1;
      }
      throw new IllegalStateException("the code is not complete");
    }

    private static int symbol(int token) {
      return token >> 4;
    }

    private static int bits(int token) {
      return token & 15;
    }
  }
}
