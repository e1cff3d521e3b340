package dev.modgate.gomod.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Changes bytes at random, in ways that parsers stumble over.
final class Mutator {
  private static final int MAX_LENGTH = 100_000;
  private static final int[] NUMBERS = {
    0, 1, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, -1
  };
  private static final List<String> WORDS =
      List.of(
          "\n",
          "\r\n",
          "\0",
          " ",
          "\t",
          "//",
          "/*",
          "(",
          ")",
          "\"",
          "`",
          "'",
          "\\",
          "\\u0000",
          "=>",
          ",",
          "|",
          "{",
          "}",
          "[",
          "]",
          ":",
          "@",
          "!",
          "..",
          "/",
          "v1.0.0",
          "v2",
          "/go.mod",
          "h1:",
          "module ",
          "require ",
          "replace ",
          "retract ",
          "\u00e9",
          "\ufeff",
          "\u2028",
          "\u001b[31m",
          "https://",
          "direct",
          "off",
          "user:secret@",
          "PK\u0005\u0006",
          "PK\u0001\u0002",
          "PK\u0003\u0004",
          "PK\u0006\u0007",
          "PK\u0006\u0006",
          "PK\u0007\b",
          "-0.20200101000000-abcdefabcdef",
          "+incompatible",
          "1e999",
          "null");

  private final Random random;
  private final List<byte[]> seeds;

  Mutator(long seed, List<byte[]> seeds) {
    this.random = new Random(seed);
    this.seeds = seeds;
  }

  byte[] next() {
    byte[] bytes = pick().clone();
    int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 3);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes);
    }
    return bytes.length <= MAX_LENGTH ? bytes : Arrays.copyOf(bytes, MAX_LENGTH);
  }

  private byte[] pick() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] change(byte[] bytes) {
    if (bytes.length == 0) {
      return word();
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(9)) {
      case 0 -> withByte(bytes, at, bytes[at] ^ (1 << random.nextInt(8)));
      case 1 -> withByte(bytes, at, random.nextInt(256));
      case 2 -> withNumber(bytes, at, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3 -> splice(bytes, at, at + random.nextInt(bytes.length - at + 1), new byte[0]);
      case 4 -> splice(bytes, at, at, piece(bytes));
      case 5 -> splice(bytes, at, at, word());
      case 6 -> splice(bytes, at, bytes.length, piece(pick()));
      case 7 -> splice(bytes, at, at, repeated(word()));
      default -> withNumber(bytes, at, random.nextInt(bytes.length + 2));
    };
  }

  private byte[] word() {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] piece(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, from, from + random.nextInt(bytes.length - from + 1));
  }

  private byte[] repeated(byte[] piece) {
    int times = 1 << random.nextInt(12);
    byte[] all = new byte[piece.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = piece[i % piece.length];
    }
    return all;
  }

  private static byte[] withByte(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }

  /// Of two bytes or four, the lowest first.
  private byte[] withNumber(byte[] bytes, int at, int value) {
    int length = random.nextBoolean() ? 2 : 4;
    for (int i = 0; i < length && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
    byte[] all = new byte[bytes.length - (to - from) + piece.length];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(piece, 0, all, from, piece.length);
    System.arraycopy(bytes, to, all, from + piece.length, bytes.length - to);
    return all;
  }
}
