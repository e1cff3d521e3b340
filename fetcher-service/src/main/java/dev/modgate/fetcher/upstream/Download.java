package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.http.IdleGuard;
import dev.modgate.fetcher.source.Answer;
import dev.modgate.fetcher.source.Miss;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.source.Source;
import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.fetcher.source.Validator;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One file of one module version, from one source into the blob store, over all tries at it. What
/// a try that broke off has brought is kept for the next one, where the source can give the rest of
/// the very same bytes. Not for use by several threads.
final class Download implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Source source;
  private final BlobStore blobs;
  private final String who;
  private final ModuleVersion module;
  private final FileKind kind;
  private final String what;
  private final byte[] head;
  private int headLength;
  private long size;
  private boolean checked;
  private Pace pace = Pace.NONE;
  private Optional<Validator> validator = Optional.empty();
  private OptionalLong whole = OptionalLong.empty();
  private BlobStore.@Nullable Writer out;

  /// @param who names the upstream in sentences
  Download(Source source, BlobStore blobs, String who, ModuleVersion module, FileKind kind) {
    this.source = source;
    this.blobs = blobs;
    this.who = who;
    this.module = module;
    this.kind = kind;
    this.what = module + ": " + kind.ending();
    this.head = new byte[kind.headSize()];
  }

  /// How many bytes the next try need not bring again.
  long kept() {
    return validator.isPresent() ? size : 0;
  }

  Answer<BlobRef> attempt(Patience patience)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    Optional<Source.Part> had = validator.filter(_ -> size > 0).map(v -> new Source.Part(size, v));
    return switch (open(new Source.Wanted(kind.path(module), what, had), patience)) {
      case Answer.Missed<Source.Body>(var miss) -> new Answer.Missed<>(miss);
      case Answer.Got<Source.Body>(var body) -> {
        try (InputStream in = body.stream()) {
          if (body.length().orElse(0) > kind.limit()) {
            yield tooLarge("announces " + body.length().getAsLong() + " bytes");
          }
          if (body.from() == 0) {
            beginAnew();
            validator = body.validator();
          }
          whole = body.length();
          yield copy(in, patience);
        } catch (IOException e) {
          throw interruptedOr(e, UpstreamFailedException.Scope.BROKEN_OFF); // of closing
        }
      }
    };
  }

  private Answer<Source.Body> open(Source.Wanted wanted, Patience patience)
      throws UpstreamFailedException, InterruptedException {
    pace = Pace.NONE;
    long start = System.nanoTime();
    boolean answered = false;
    try {
      Answer<Source.Body> answer = source.open(wanted, patience);
      answered = true;
      return answer;
    } finally {
      pace = new Pace(answered, Duration.ofNanos(System.nanoTime() - start), 0, Duration.ZERO);
    }
  }

  /// Of the last try.
  Pace pace() {
    return pace;
  }

  private void beginAnew() throws StoreFailedException {
    close();
    headLength = 0;
    size = 0;
    checked = false;
  }

  private BlobStore.Writer writer() throws IOException {
    BlobStore.Writer writer = out;
    if (writer == null) {
      writer = blobs.newWriter();
      out = writer;
    }
    return writer;
  }

  private Answer<BlobRef> copy(InputStream in, Patience patience)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    try {
      BlobStore.Writer writer = writer();
      byte[] buffer = new byte[BUFFER];
      patience.downloads();
      for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        patience.progressed();
        if (size + n > kind.limit()) {
          return tooLarge("sends more bytes");
        }
        remember(buffer, n);
        if (!checked && headLength == head.length) {
          checked = true;
          Optional<String> fault = fault();
          if (fault.isPresent()) {
            return bad(fault.get());
          }
        }
        writer.write(buffer, 0, n);
        size += n;
      }
      return end(writer);
    } catch (IOException e) {
      if (Thread.interrupted()) { // closes file channels, which is no fault of the store
        throw new InterruptedException(what);
      }
      throw new StoreFailedException(e);
    }
  }

  private Answer<BlobRef> end(BlobStore.Writer writer) throws UpstreamFailedException, IOException {
    if (whole.isPresent() && whole.getAsLong() != size) {
      String sent = what + ": " + who + " sent " + size + " bytes of " + whole.getAsLong();
      if (size > whole.getAsLong()) {
        validator = Optional.empty();
      }
      throw new UpstreamFailedException(UpstreamFailedException.Scope.BROKEN_OFF, sent, null);
    }
    Optional<String> fault = fault();
    return fault.isPresent() ? bad(fault.get()) : new Answer.Got<>(writer.keep());
  }

  private int read(InputStream in, byte[] buffer)
      throws UpstreamFailedException, InterruptedException {
    long start = System.nanoTime();
    try {
      int n = in.read(buffer);
      pace = pace.and(Math.max(n, 0), Duration.ofNanos(System.nanoTime() - start));
      return n;
    } catch (IdleGuard.TooSlowException e) {
      throw interruptedOr(e, UpstreamFailedException.Scope.UNKNOWN);
    } catch (IOException | RuntimeException e) { // the client meets bad chunks with either
      throw interruptedOr(e, UpstreamFailedException.Scope.BROKEN_OFF);
    }
  }

  private UpstreamFailedException interruptedOr(Exception e, UpstreamFailedException.Scope scope)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException(what);
    }
    String why = e.getMessage() == null ? e.toString() : e.getMessage();
    return new UpstreamFailedException(
        scope, what + ": " + who + " broke off: " + Plain.of(why), e);
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

  private Answer<BlobRef> tooLarge(String sent) {
    return Answer.missed(
        Miss.Kind.TOO_LARGE,
        what + ": " + who + " " + sent + ", at most " + kind.limit() + " are allowed");
  }

  /// Discards what was not kept in the store.
  @Override
  public void close() throws StoreFailedException {
    BlobStore.Writer writer = out;
    out = null;
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw new StoreFailedException(e);
      }
    }
  }
}
