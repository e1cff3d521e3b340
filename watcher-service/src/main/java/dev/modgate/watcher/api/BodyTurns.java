package dev.modgate.watcher.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/// Bounds what all syncs take together while they are read, planned and written. A module version
/// of a plan takes some hundred times the bytes that name it, and every request has a thread of its
/// own: bodies take turns. Those of agents are signed, and have turns of their own.
@Order(BodyLimit.ORDER + 1)
public final class BodyTurns extends OncePerRequestFilter {
  /// Of all bodies at once; a larger one, and one of unknown length, has its turn alone.
  static final int SHARED_BYTES = 2 << 20;

  private static final String RETRY_AFTER_SECONDS = "10";

  private final Semaphore room = new Semaphore(SHARED_BYTES, true);
  private final Duration patience;

  /// @param patience how long a request waits for its turn before it is answered with 503
  public BodyTurns(Duration patience) {
    this.patience = patience;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST")
        || Delivery.is(request)
        || request.getRequestURI().startsWith("/agent/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    int share = share(request.getContentLengthLong());
    if (!hasTurn(share)) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
      response.setHeader("Connection", "close"); // the body is not read
      ProblemResponse.write(
          response,
          503,
          "Service Unavailable",
          "other syncs are being read, and their turn is not over; try again in "
              + RETRY_AFTER_SECONDS
              + " seconds");
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      room.release(share);
    }
  }

  private boolean hasTurn(int share) {
    try {
      return room.tryAcquire(share, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int share(long bytes) {
    return bytes < 0 ? SHARED_BYTES : (int) Math.min(SHARED_BYTES, bytes);
  }
}
