package dev.modgate.gomod.zip;

import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/// Random access to a zip through one window, so that headers and small entries cost no read of
/// their own and need no copy.
final class ZipBytes {
  static final int WINDOW_BYTES = 256 << 10;

  private final SeekableByteChannel channel;
  private final long size;
  private final byte[] window = new byte[WINDOW_BYTES];
  private long windowStart;
  private int windowLength;

  ZipBytes(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  long size() {
    return size;
  }

  /// Holds the bytes that were last asked for; the next [#at] overwrites them.
  byte[] window() {
    return window;
  }

  /// Brings bytes into the window.
  ///
  /// @param length at most [#WINDOW_BYTES]
  /// @return where in the window they begin
  /// @throws BrokenZip when the zip is too short
  int at(long position, int length) throws IOException, BrokenZip {
    if (position < 0 || length > size - position) {
      throw new BrokenZip(
          Kind.NOT_A_ZIP,
          "wanted " + length + " bytes at offset " + position + " but the zip has " + size);
    }
    if (position < windowStart || position + length > windowStart + windowLength) {
      fill(position, length);
    }
    return (int) (position - windowStart);
  }

  /// How many bytes the window holds from a position on that [#at] just gave.
  int available(long position) {
    return (int) (windowStart + windowLength - position);
  }

  /// Copies bytes, of which there are so many, to an index of an array, past the window where it
  /// has not all of them.
  void copy(long position, byte[] target, int index, int length) throws IOException {
    if (position < windowStart || position + length > windowStart + windowLength) {
      if (length <= WINDOW_BYTES / 2) {
        fill(position, length);
      } else {
        read(position, ByteBuffer.wrap(target, index, length));
        return;
      }
    }
    System.arraycopy(window, (int) (position - windowStart), target, index, length);
  }

  private void read(long position, ByteBuffer buffer) throws IOException {
    channel.position(position);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw shrank();
      }
    }
  }

  private EOFException shrank() {
    return new EOFException("zip shrank while it was read: it had " + size + " bytes");
  }

  private void fill(long position, int atLeast) throws IOException {
    windowStart = position;
    windowLength = 0;
    channel.position(position);
    int want = (int) Math.min(WINDOW_BYTES, size - position);
    var buffer = ByteBuffer.wrap(window, 0, want);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw shrank();
      }
      windowLength = buffer.position();
      if (windowLength >= atLeast && windowLength >= WINDOW_BYTES / 2) {
        return;
      }
    }
  }

  static int u16(byte[] b, int i) {
    return (b[i] & 0xff) | (b[i + 1] & 0xff) << 8;
  }

  static long u32(byte[] b, int i) {
    return u16(b, i) | (long) u16(b, i + 2) << 16;
  }

  /// Values above 2^63 come out negative.
  static long u64(byte[] b, int i) {
    return u32(b, i) | u32(b, i + 4) << 32;
  }
}
