package dev.modgate.watcher.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/// Who is still sending when the answer comes would lose it with the connection (RFC 9112, section
/// 9.6). So a bounded rest of the body is read and thrown away behind the answer.
public final class RestOfBody {
  private static final long MOST_DRAINED = 64 << 20;
  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(10);

  private RestOfBody() {}

  /// Sends the answer to a request of whose body nothing was read, and reads it for a while.
  public static void drainUnread(HttpServletRequest request, HttpServletResponse response) {
    if (request.getHeader("Expect") == null) { // who waits to be asked for the body sends none
      drain(request, response);
    }
  }

  /// Sends the answer, and reads on for a while.
  public static void drain(HttpServletRequest request, HttpServletResponse response) {
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
}
