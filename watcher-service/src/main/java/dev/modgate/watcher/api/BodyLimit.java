package dev.modgate.watcher.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/// Ends a body that is larger than allowed while it is read, whatever its `Content-Length` says,
/// and one that trickles in: others wait for its end ([BodyTurns]). What is left of it is read
/// behind the answer ([RestOfBody]); nobody's turn is held for that.
@Order(BodyLimit.ORDER)
public final class BodyLimit extends OncePerRequestFilter {
  /// Before [BodyTurns], behind [Door].
  public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

  /// From when its reader asks for it to its last byte.
  static final Duration MOST_TIME = Duration.ofSeconds(60);

  private final long limit;

  /// @param limit in bytes
  public BodyLimit(long limit) {
    this.limit = limit;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Delivery.is(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > limit) {
      response.setHeader("Connection", "close"); // the rest of the body is not worked on
      ProblemResponse.write(
          response,
          413,
          "Content Too Large",
          LimitedBody.CutShortException.tooLarge(limit).getMessage());
      RestOfBody.drainUnread(request, response);
      return;
    }
    var limited = new AtomicReference<@Nullable LimitedBody>();
    chain.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public ServletInputStream getInputStream() throws IOException {
            var body = new LimitedBody(super.getInputStream(), limit, MOST_TIME, System::nanoTime);
            limited.set(body);
            return body;
          }
        },
        response);
    LimitedBody body = limited.get();
    if (body != null && body.isCut()) {
      RestOfBody.drain(request, response);
    }
  }
}
