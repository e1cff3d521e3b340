package dev.modgate.verifier.inflate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Deflate streams, right ones and such with bits flipped, always the same for one seed.
final class Streams {
  private static final byte[] LAST_STORED = {1, 0, 0, -1, -1};

  private final Random random;

  Streams(long seed) {
    this.random = new Random(seed);
  }

  /// Of some blocks, which end at any bit; ended as zlib does, as Go does, or by an empty block
  /// with fixed codes.
  byte[] right() {
    var deflater = new Deflater(6, true);
    var stream = new ByteArrayOutputStream();
    int blocks = 1 + random.nextInt(3);
    for (int block = 0; block < blocks; block++) {
      deflater.setLevel(1 + random.nextInt(9)); // another one ends the block
      deflater.setInput(content(200 + random.nextInt(2000)));
      write(deflater, stream, random.nextInt(4) == 0 ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH);
    }
    switch (random.nextInt(3)) {
      case 0 -> {
        write(deflater, stream, Deflater.SYNC_FLUSH);
        stream.writeBytes(LAST_STORED);
      }
      case 1 -> {
        deflater.setLevel(0);
        deflater.setLevel(9);
        write(deflater, stream, Deflater.SYNC_FLUSH);
        deflater.finish();
        write(deflater, stream, Deflater.NO_FLUSH);
      }
      default -> {
        deflater.finish();
        write(deflater, stream, Deflater.NO_FLUSH);
      }
    }
    deflater.end();
    return stream.toByteArray();
  }

  private static void write(Deflater deflater, ByteArrayOutputStream stream, int flush) {
    byte[] buffer = new byte[4096];
    int length;
    do {
      length = deflater.deflate(buffer, 0, buffer.length, flush);
      stream.write(buffer, 0, length);
    } while (length == buffer.length);
  }

  /// Some of it repeats itself, and a few letters are many.
  byte[] content(int length) {
    byte[] content = new byte[length];
    int letters = 2 + random.nextInt(60);
    int repeats = random.nextInt(5);
    for (int i = 0; i < length; i++) {
      content[i] =
          (byte)
              (i > 50 && random.nextInt(5) < repeats
                  ? content[i - 37]
                  : random.nextInt(1 + random.nextInt(letters)) * 37);
    }
    return content;
  }

  /// One to three bits are others: anywhere, in the first header, or at the end.
  byte[] changed(byte[] stream) {
    byte[] changed = stream.clone();
    int where = random.nextInt(4);
    for (int bits = 1 + random.nextInt(3); bits > 0; bits--) {
      int at =
          switch (where) {
            case 0 -> random.nextInt(Math.min(80, changed.length));
            case 1 -> changed.length - 1 - random.nextInt(Math.min(8, changed.length));
            default -> random.nextInt(changed.length);
          };
      changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return random.nextInt(20) == 0
        ? Arrays.copyOf(changed, changed.length + random.nextInt(3) - 1)
        : changed;
  }

  /// What the JDK reads.
  ///
  /// @return null when it refuses, or when bytes are left over
  static byte @Nullable [] inflate(byte[] stream, int maxSize) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(stream);
      byte[] out = new byte[maxSize + 1];
      int length = 0;
      int n = 1;
      while (n > 0) {
        n = inflater.inflate(out, length, out.length - length);
        length += n;
      }
      boolean whole = inflater.finished() && inflater.getRemaining() == 0;
      return whole && length <= maxSize ? Arrays.copyOf(out, length) : null;
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }
}
