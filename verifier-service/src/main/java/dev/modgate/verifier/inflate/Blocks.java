package dev.modgate.verifier.inflate;

/// Decompresses one deflate stream block by block: what a block is and where it begins is read
/// here, and only what lies inside of blocks with codes of their own is left to libdeflate.
///
/// libdeflate knows streams alone. So each such block becomes the last of a stream: its first bit
/// is set, and before it come a stored block with the 32 KiB that it may refer to, and blocks
/// without contents up to the bit at which it begins. These take the place of data that was read
/// already.
///
/// Where a block ends libdeflate tells to the byte. The bit is found by the code of the end, or,
/// where that stands there more than once, by {@link Tail}.
///
/// For one thread at a time.
final class Blocks {
  private static final int HISTORY = 32 << 10;
  private static final int STORED_HEADER_BYTES = 5;

  /// Room before the data for the history and the filler.
  static final int ROOM_BEFORE = HISTORY + STORED_HEADER_BYTES + 32;

  /// Smaller blocks, on the average, gain nothing here, and cost too much when there are many.
  private static final int MIN_BLOCK_BYTES = 4096;

  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;
  private static final int FIXED_END_BITS = 7;

  private final NativeInflate.Decompressor decompressor;
  private final DynamicHeader header = new DynamicHeader();
  private final Tail tail = new Tail();
  private final Bits bits = new Bits();
  private byte[] in = {};
  private byte[] out = {};
  private int end;
  private int size;
  private int written;

  Blocks(NativeInflate.Decompressor decompressor) {
    this.decompressor = decompressor;
  }

  /// @param in the data, from [#ROOM_BEFORE] to an end with [Bits#SPARE_BYTES] behind it; used up
  /// @return whether it is one stream of exactly this size, and of such blocks as all decompressors
  ///   read alike
  boolean decompress(byte[] in, int end, byte[] out, int size) {
    this.in = in;
    this.out = out;
    this.end = end;
    this.size = size;
    written = 0;
    bits.over(in, ROOM_BEFORE * Byte.SIZE, end * Byte.SIZE);
    int left = 4 + size / MIN_BLOCK_BYTES;
    boolean last;
    do {
      int begin = bits.at();
      last = bits.take(1) == 1;
      boolean read =
          switch (bits.take(2)) {
            case STORED -> stored();
            case FIXED -> bits.take(FIXED_END_BITS) == 0; // without contents
            case DYNAMIC -> header.read(bits) && dynamic(begin);
            default -> false;
          };
      if (!read || bits.isPastEnd() || left-- == 0) {
        return false;
      }
    } while (!last);
    return written == size && byteAt(bits.at()) == end;
  }

  /// Rounded up.
  private static int byteAt(int bit) {
    return (bit + Byte.SIZE - 1) / Byte.SIZE;
  }

  private boolean stored() {
    bits.at(byteAt(bits.at()) * Byte.SIZE);
    int length = bits.take(16);
    int inverted = bits.take(16);
    if (length != (~inverted & 0xffff) || bits.isPastEnd()) {
      return false;
    }
    int from = bits.at() / Byte.SIZE;
    if (length > end - from || length > size - written) {
      return false;
    }
    System.arraycopy(in, from, out, written, length);
    written += length;
    bits.at((from + length) * Byte.SIZE);
    return true;
  }

  private boolean dynamic(int begin) {
    int contents = bits.at();
    in[begin / Byte.SIZE] |= (byte) (1 << begin % Byte.SIZE);
    int history = Math.min(written, HISTORY);
    int from = putBefore(begin, history);
    int outFrom = written - history;
    if (!decompressor.decompress(in, from, end, out, outFrom, size)) {
      return false;
    }
    int blockSize = decompressor.written() - history;
    written += blockSize;
    return findEnd(contents, from + decompressor.read(), blockSize);
  }

  /// @return where the stream begins that ends with the block
  private int putBefore(int begin, int history) {
    Filler filler = Filler.endingAt(begin % Byte.SIZE);
    filler.putBefore(in, begin / Byte.SIZE);
    int from = begin / Byte.SIZE - filler.length();
    if (history == 0) {
      return from;
    }
    from -= history;
    System.arraycopy(out, written - history, in, from, history);
    in[--from] = (byte) (~history >> 8);
    in[--from] = (byte) ~history;
    in[--from] = (byte) (history >> 8);
    in[--from] = (byte) history;
    in[--from] = STORED;
    return from;
  }

  /// @param endByte behind the byte in which the block ends
  private boolean findEnd(int contents, int endByte, int blockSize) {
    int found = 0;
    for (int place = (endByte - 1) * Byte.SIZE + 1; place <= endByte * Byte.SIZE; place++) {
      if (bits.at(place - header.endBits(), header.endBits()) == header.endCode()) {
        bits.at(place);
        found++;
      }
    }
    if (found > 1) {
      bits.at(tail.find(bits, header, contents, endByte, blockSize));
    }
    return found > 0 && bits.at() > 0;
  }
}
