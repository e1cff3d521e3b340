package dev.modgate.fetcher.upstream;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// One file of one module version, from one source into the blob store, in a single pass.
///
/// @param who names the upstream in sentences
record Download(Source source, BlobStore blobs, String who) {
  private static final int BUFFER = 64 * 1024;

  Answer<BlobRef> run(ModuleVersion module, FileKind kind, Patience patience)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    String what = module + ": " + kind.ending();
    return switch (source.open(kind.path(module), what, patience)) {
      case Answer.Missed<Source.Body>(var miss) -> new Answer.Missed<>(miss);
      case Answer.Got<Source.Body>(var body) -> {
        try (InputStream in = body.stream()) {
          if (body.length().orElse(0) > kind.limit()) {
            yield tooLarge(what, "announces " + body.length().getAsLong() + " bytes", kind);
          }
          yield new Pass(module, kind, what).copy(in, body, patience);
        } catch (IOException e) {
          throw interruptedOr(
              e, what, UpstreamFailedException.Scope.ITEM); // of closing: the connection broke
        }
      }
    };
  }

  private Answer<BlobRef> tooLarge(String what, String sent, FileKind kind) {
    return Answer.missed(
        Miss.Kind.TOO_LARGE,
        what + ": " + who + " " + sent + ", at most " + kind.limit() + " are allowed");
  }

  private UpstreamFailedException interruptedOr(
      Exception e, String what, UpstreamFailedException.Scope scope) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException(what);
    }
    String why = e.getMessage() == null ? e.toString() : e.getMessage();
    return new UpstreamFailedException(
        scope, what + ": " + who + " broke off: " + Plain.of(why), e);
  }

  /// The copying of one body.
  private final class Pass {
    private final ModuleVersion module;
    private final FileKind kind;
    private final String what;
    private final byte[] head;
    private int headLength;
    private long size;

    Pass(ModuleVersion module, FileKind kind, String what) {
      this.module = module;
      this.kind = kind;
      this.what = what;
      this.head = new byte[kind.headSize()];
    }

    Answer<BlobRef> copy(InputStream in, Source.Body body, Patience patience)
        throws UpstreamFailedException, StoreFailedException, InterruptedException {
      try (BlobStore.Writer out = blobs.newWriter()) {
        byte[] buffer = new byte[BUFFER];
        boolean checked = false;
        patience.downloads();
        for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
          patience.progressed();
          size += n;
          if (size > kind.limit()) {
            return tooLarge(what, "sends more bytes", kind);
          }
          remember(buffer, n);
          if (!checked && headLength == head.length) {
            checked = true;
            Optional<String> fault = fault();
            if (fault.isPresent()) {
              return bad(fault.get());
            }
          }
          out.write(buffer, 0, n);
        }
        if (body.length().isPresent() && body.length().getAsLong() != size) {
          throw new UpstreamFailedException(
              UpstreamFailedException.Scope.ITEM,
              what + ": " + who + " sent " + size + " bytes of " + body.length().getAsLong(),
              null);
        }
        Optional<String> fault = fault();
        return fault.isPresent() ? bad(fault.get()) : new Answer.Got<>(out.keep());
      } catch (IOException e) {
        if (Thread.interrupted()) { // closes file channels, which is no fault of the store
          throw new InterruptedException(what);
        }
        throw new StoreFailedException(e);
      }
    }

    private int read(InputStream in, byte[] buffer)
        throws UpstreamFailedException, InterruptedException {
      try {
        return in.read(buffer);
      } catch (IdleGuard.TooSlowException e) {
        throw interruptedOr(e, what, UpstreamFailedException.Scope.UNKNOWN);
      } catch (IOException | RuntimeException e) { // the client meets bad chunks with either
        throw interruptedOr(e, what, UpstreamFailedException.Scope.ITEM);
      }
    }

    private void remember(byte[] buffer, int n) {
      int more = Math.min(n, head.length - headLength);
      System.arraycopy(buffer, 0, head, headLength, more);
      headLength += more;
    }

    private Optional<String> fault() {
      return kind.fault(module, Arrays.copyOf(head, headLength));
    }

    private Answer<BlobRef> bad(String fault) {
      return Answer.missed(Miss.Kind.BAD_ANSWER, what + ": " + who + " " + fault);
    }
  }
}
