package dev.modgate.verifier.inflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads numbers of some bits, the lowest first, as RFC 1951 section 3.1.1 packs them.
final class Bits {
  /// How many bytes an array must have behind those that are read.
  static final int SPARE_BYTES = 8;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = {};
  private int at;
  private int end;

  /// Places are in bits, from the beginning of the array.
  void over(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  int at() {
    return at;
  }

  void at(int place) {
    this.at = place;
  }

  /// Whether bits were taken that are not there; they had any value.
  boolean isPastEnd() {
    return at > end;
  }

  /// @param count at most 16
  int take(int count) {
    int value = peek(count);
    at += count;
    return value;
  }

  int peek(int count) {
    return isPastEnd() ? 0 : at(at, count);
  }

  /// Bits at some place within the array.
  int at(int place, int count) {
    return ((int) INTS.get(bytes, place >> 3) >>> (place & 7)) & ((1 << count) - 1);
  }
}
