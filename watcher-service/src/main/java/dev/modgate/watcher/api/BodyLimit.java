package dev.modgate.watcher.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Ends a body that is larger than allowed while it is read, whatever its `Content-Length` says,
/// and one that trickles in: others wait for its end ([BodyTurns]).
///
/// Who is still sending when the answer comes would lose it with the connection (RFC 9112, section
/// 9.6). So a bounded rest of the body is read and thrown away behind the answer; nobody's turn is
/// held for that.
@Order(BodyLimit.ORDER)
public final class BodyLimit extends OncePerRequestFilter {
  /// Before [BodyTurns], behind [Door].
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

  /// From when its reader asks for it to its last byte.
  static final Duration MOST_TIME = Duration.ofSeconds(60);

  /// Of a body that is answered already, thrown away until then.
  private static final long MOST_DRAINED = 64 << 20;

  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(10);

  private final long limit;

  /// @param limit in bytes
  public BodyLimit(long limit) {
    this.limit = limit;
  }

  /// The body was not read to its end.
  static class CutShortException extends IOException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;

    CutShortException(HttpStatus status, String sentence) {
      super(sentence);
      this.status = status;
    }

    HttpStatus status() {
      return status;
    }
  }

  private static String tooLarge(long limit) {
    return "the body is larger than " + limit + " bytes, the most that is taken";
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > limit) {
      response.setHeader("Connection", "close"); // the rest of the body is not worked on
      ProblemResponse.write(response, 413, "Content Too Large", tooLarge(limit));
      if (request.getHeader("Expect") == null) { // who waits to be asked for the body sends none
        drain(request, response);
      }
      return;
    }
    var cut = new AtomicBoolean();
    chain.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public ServletInputStream getInputStream() throws IOException {
            return new Limited(super.getInputStream(), limit, System::nanoTime, cut);
          }
        },
        response);
    if (cut.get()) {
      drain(request, response);
    }
  }

  private static void drain(HttpServletRequest request, HttpServletResponse response) {
    long end = System.nanoTime() + DRAINED_WITHIN.toNanos();
    try {
      response.flushBuffer();
      var in = request.getInputStream();
      var thrownAway = new byte[64 << 10];
      long drained = 0;
      int n = 0;
      while (n >= 0 && drained < MOST_DRAINED && System.nanoTime() < end) {
        drained += n;
        n = in.read(thrownAway);
      }
    } catch (IOException e) {
      // the client went; it has its answer, or does not want it
    }
  }

  static final class Limited extends ServletInputStream {
    private final ServletInputStream in;
    private final long limit;
    private final LongSupplier nanoTime;
    private final long began;
    private final AtomicBoolean cut;
    private long read;

    /// @param cut set when more came than allowed
    Limited(ServletInputStream in, long limit, LongSupplier nanoTime, AtomicBoolean cut) {
      this.in = in;
      this.limit = limit;
      this.nanoTime = nanoTime;
      this.cut = cut;
      this.began = nanoTime.getAsLong();
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

    private void count(int n) throws IOException {
      read += n;
      if (read > limit) {
        cut.set(true);
        throw new CutShortException(HttpStatus.CONTENT_TOO_LARGE, tooLarge(limit));
      }
      if (nanoTime.getAsLong() - began > MOST_TIME.toNanos()) {
        throw new CutShortException(
            HttpStatus.REQUEST_TIMEOUT,
            "the body took longer than "
                + MOST_TIME.toSeconds()
                + " seconds; "
                + read
                + " bytes of it came");
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
}
