package dev.modgate.verifier.inflate;

import dev.modgate.gomod.zip.Inflate;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Decompresses whole entries with libdeflate, and declines those that it might read in another way
/// than `go` does.
///
/// Its buffers stay: at most [#MAX_IN] and [#MAX_OUT] for each processor, and no more than a
/// sixteenth of the heap. When all are in use, or an entry is larger, it declines.
public final class Libdeflate implements Inflate {
  static final int MAX_IN = 4 << 20;
  static final int MAX_OUT = 8 << 20;

  private final BlockingQueue<Slot> slots;

  /// What one decompression needs; for one thread at a time.
  private static final class Slot {
    private final Blocks blocks;
    private byte[] in = {};
    private byte[] out = {};

    private Slot(Blocks blocks) {
      this.blocks = blocks;
    }

    private static byte[] atLeast(byte[] buffer, int length, int max) {
      return length <= buffer.length ? buffer : new byte[Math.min(max, 2 * length)];
    }

    private byte[] in(int length) {
      int around = Blocks.ROOM_BEFORE + Bits.SPARE_BYTES;
      in = atLeast(in, around + length, around + MAX_IN);
      return in;
    }

    private byte[] out(int size) {
      out = atLeast(out, size, MAX_OUT);
      return out;
    }
  }

  private Libdeflate(NativeInflate library, int count) {
    this.slots = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      slots.add(new Slot(new Blocks(library.newDecompressor())));
    }
  }

  /// @return the JDK's way where there is no libdeflate for this system
  public static Inflate orElsePiecewise() {
    return NativeInflate.load()
        .<Inflate>map(library -> new Libdeflate(library, slotCount()))
        .orElse(PIECEWISE);
  }

  private static int slotCount() {
    Runtime runtime = Runtime.getRuntime();
    long fit = runtime.maxMemory() / 16 / (MAX_IN + MAX_OUT);
    return Math.clamp(fit, 1, runtime.availableProcessors());
  }

  @Override
  public boolean whole(Data compressed, long length, long size, Contents contents)
      throws IOException {
    if (length > MAX_IN || size > MAX_OUT) {
      return false;
    }
    Slot slot = slots.poll();
    if (slot == null) {
      return false;
    }
    try {
      byte[] in = slot.in((int) length);
      byte[] out = slot.out((int) size);
      compressed.copyTo(in, Blocks.ROOM_BEFORE);
      boolean whole =
          slot.blocks.decompress(in, Blocks.ROOM_BEFORE + (int) length, out, (int) size);
      if (whole) {
        contents.take(out, 0, (int) size);
      }
      return whole;
    } finally {
      slots.add(slot);
    }
  }
}
