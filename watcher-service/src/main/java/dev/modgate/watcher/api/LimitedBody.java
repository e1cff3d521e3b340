package dev.modgate.watcher.api;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.http.HttpStatus;

/// A body that ends with an exception where it is larger than allowed, or trickles in.
public final class LimitedBody extends ServletInputStream {
  private final ServletInputStream in;
  private final long limit;
  private final Duration mostTime;
  private final LongSupplier nanoTime;
  private final long began;
  private long read;
  private boolean cut;

  /// @param limit in bytes
  /// @param mostTime from now to its last byte; looked at whenever bytes came
  public LimitedBody(ServletInputStream in, long limit, Duration mostTime, LongSupplier nanoTime) {
    this.in = in;
    this.limit = limit;
    this.mostTime = mostTime;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  /// The body was not read to its end.
  public static final class CutShortException extends IOException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    private CutShortException(HttpStatus status, String sentence) {
      super(sentence);
      this.status = status;
    }

    public HttpStatus status() {
      return status;
    }

    public static CutShortException tooLarge(long limit) {
      return new CutShortException(
          HttpStatus.CONTENT_TOO_LARGE,
          "the body is larger than " + limit + " bytes, the most that is taken");
    }

    public static CutShortException tooSlow(Duration mostTime, long read) {
      return new CutShortException(
          HttpStatus.REQUEST_TIMEOUT,
          "the body took longer than "
              + (mostTime.toMillis() % 1000 == 0
                  ? mostTime.toSeconds() + " seconds"
                  : mostTime.toMillis() + " ms")
              + "; "
              + read
              + " bytes of it came");
    }
  }

  /// Whether more came than allowed, so that there is a rest.
  public boolean isCut() {
    return cut;
  }

  /// How many bytes came so far.
  public long count() {
    return read;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    count(Math.max(0, n));
    return n;
  }

  private void count(int n) throws CutShortException {
    read += n;
    if (read > limit) {
      cut = true;
      throw CutShortException.tooLarge(limit);
    }
    if (nanoTime.getAsLong() - began > mostTime.toNanos()) {
      throw CutShortException.tooSlow(mostTime, read);
    }
  }

  @Override
  public boolean isFinished() {
    return in.isFinished();
  }

  @Override
  public boolean isReady() {
    return in.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    in.setReadListener(listener);
  }
}
