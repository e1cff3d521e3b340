package dev.modgate.benchmarks;

import dev.modgate.gomod.zip.Inflate;
import io.airlift.compress.v3.internal.NativeLoader;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Decompresses with libdeflate, which takes half the time of the JDK's zlib, but only whole
/// buffers. Measured only: it takes streams with incomplete codes, which `go` and the JDK refuse,
/// so a zip that no `go` can read would be published (decision 7).
///
/// aircompressor brings the library. Its own decompressor doesn't tell how much of the data it has
/// read, so that bytes behind the end would go unnoticed; the function that tells is bound here.
///
/// Its buffers stay: at most [#MAX_IN] and [#MAX_OUT] for each processor, and no more than a
/// sixteenth of the heap. When all are in use, or an entry is larger, it declines.
final class Libdeflate implements Inflate {
  static final int MAX_IN = 4 << 20;
  static final int MAX_OUT = 8 << 20;

  private static final int SUCCESS = 0;

  private final MethodHandle decompress;
  private final BlockingQueue<Slot> slots;

  /// What one decompression needs; for one thread at a time.
  private static final class Slot {
    private final MemorySegment decompressor;
    private final MemorySegment read = MemorySegment.ofArray(new long[1]);
    private final MemorySegment written = MemorySegment.ofArray(new long[1]);
    private byte[] in = {};
    private byte[] out = {};

    private Slot(MemorySegment decompressor) {
      this.decompressor = decompressor;
    }

    private byte[] in(int length) {
      in = atLeast(in, length, MAX_IN);
      return in;
    }

    private byte[] out(int size) {
      out = atLeast(out, size, MAX_OUT);
      return out;
    }

    private static byte[] atLeast(byte[] buffer, int length, int max) {
      return length <= buffer.length ? buffer : new byte[Math.min(max, 2 * length)];
    }
  }

  private Libdeflate(MethodHandle alloc, MethodHandle decompress, int count) {
    this.decompress = decompress;
    this.slots = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      slots.add(new Slot((MemorySegment) invoke(alloc)));
    }
  }

  /// @return the JDK's way where there is no libdeflate for this system
  static Inflate orElsePiecewise() {
    try {
      SymbolLookup library = NativeLoader.loadLibrary("deflate");
      MethodHandle alloc =
          Linker.nativeLinker()
              .downcallHandle(
                  library.findOrThrow("libdeflate_alloc_decompressor"),
                  FunctionDescriptor.of(ValueLayout.ADDRESS));
      return new Libdeflate(alloc, decompress(library), slotCount());
    } catch (LinkageError | RuntimeException e) {
      System.err.println("no libdeflate for this system: " + e);
      return PIECEWISE;
    }
  }

  /// `libdeflate_deflate_decompress_ex(decompressor, in, length, out, size, *read, *written)`;
  /// critical, because it reads and writes arrays of the heap.
  private static MethodHandle decompress(SymbolLookup library) {
    return Linker.nativeLinker()
        .downcallHandle(
            library.findOrThrow("libdeflate_deflate_decompress_ex"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS),
            Linker.Option.critical(true));
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
      compressed.copyTo(slot.in((int) length));
      byte[] out = slot.out((int) size);
      boolean whole = decompress(slot, length, size);
      if (whole) {
        contents.take(out, 0, (int) size);
      }
      return whole;
    } finally {
      slots.add(slot);
    }
  }

  private boolean decompress(Slot slot, long length, long size) {
    int result;
    try {
      result =
          (int)
              decompress.invokeExact(
                  slot.decompressor,
                  MemorySegment.ofArray(slot.in),
                  length,
                  MemorySegment.ofArray(slot.out),
                  size,
                  slot.read,
                  slot.written);
    } catch (Throwable e) {
      throw new IllegalStateException("libdeflate can't be called", e);
    }
    return result == SUCCESS
        && slot.read.get(ValueLayout.JAVA_LONG, 0) == length
        && slot.written.get(ValueLayout.JAVA_LONG, 0) == size;
  }

  private static Object invoke(MethodHandle handle) {
    try {
      return handle.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("libdeflate can't be called", e);
    }
  }
}
