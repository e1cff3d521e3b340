package dev.modgate.verifier.inflate;

import io.airlift.compress.v3.internal.NativeLoader;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// libdeflate, which aircompressor brings. Its own decompressor doesn't tell how much of the data
/// it has read; the function that tells is bound here.
final class NativeInflate {
  private static final Logger log = LoggerFactory.getLogger(NativeInflate.class);
  private static final int SUCCESS = 0;

  private final MethodHandle alloc;
  private final MethodHandle decompress;

  private NativeInflate(MethodHandle alloc, MethodHandle decompress) {
    this.alloc = alloc;
    this.decompress = decompress;
  }

  /// Empty where there is no libdeflate for this system.
  static Optional<NativeInflate> load() {
    try {
      SymbolLookup library = NativeLoader.loadLibrary("deflate");
      MethodHandle alloc =
          Linker.nativeLinker()
              .downcallHandle(
                  library.findOrThrow("libdeflate_alloc_decompressor"),
                  FunctionDescriptor.of(ValueLayout.ADDRESS));
      return Optional.of(new NativeInflate(alloc, decompress(library)));
    } catch (LinkageError | RuntimeException e) {
      log.info("no libdeflate for this system, the JDK decompresses alone: {}", e.toString());
      return Optional.empty();
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

  /// Its memory is never given back.
  Decompressor newDecompressor() {
    try {
      var segment = (MemorySegment) alloc.invokeExact();
      if (segment.equals(MemorySegment.NULL)) {
        throw new OutOfMemoryError("libdeflate has no memory for a decompressor");
      }
      return new Decompressor(segment);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("libdeflate can't be called", e);
    }
  }

  /// For one thread at a time.
  final class Decompressor {
    private final MemorySegment decompressor;
    private final long[] read = new long[1];
    private final long[] written = new long[1];
    private final MemorySegment readSegment = MemorySegment.ofArray(read);
    private final MemorySegment writtenSegment = MemorySegment.ofArray(written);

    private Decompressor(MemorySegment decompressor) {
      this.decompressor = decompressor;
    }

    /// Decompresses to the end of the last block, within these bounds.
    ///
    /// @return whether there was such an end
    boolean decompress(byte[] in, int from, int to, byte[] out, int outFrom, int outTo) {
      try {
        int result =
            (int)
                decompress.invokeExact(
                    decompressor,
                    MemorySegment.ofArray(in).asSlice(from, to - from),
                    (long) (to - from),
                    MemorySegment.ofArray(out).asSlice(outFrom, outTo - outFrom),
                    (long) (outTo - outFrom),
                    readSegment,
                    writtenSegment);
        return result == SUCCESS;
      } catch (Throwable e) {
        throw new IllegalStateException("libdeflate can't be called", e);
      }
    }

    /// Of the last call: bytes of the data, the last of which the end may take in part.
    int read() {
      return (int) read[0];
    }

    int written() {
      return (int) written[0];
    }
  }
}
