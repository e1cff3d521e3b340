package dev.modgate.watcher.hook;

import dev.modgate.watcher.api.LimitedBody;
import dev.modgate.watcher.api.LimitedBody.CutShortException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/// Reads the bodies of deliveries into memory, of which all together have a share. A body takes its
/// room while it comes: who announces much and sends little holds little.
final class HookBodies {
  private static final int CHUNK = 16 << 10;
  private static final long LEAST_ROOM = 64 << 20;

  private final HookLimits limits;
  private final Semaphore room; // in chunks

  HookBodies(HookLimits limits) {
    this.limits = limits;
    this.room = new Semaphore((int) (Math.max(LEAST_ROOM, 4 * limits.maxBody()) / CHUNK));
  }

  /// Too many at once.
  static final class NoRoomException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /// What is done with a body while it has its room.
  @FunctionalInterface
  interface Reader<T> {
    T read(byte[] body);
  }

  /// @throws CutShortException when it is too large or too slow
  /// @throws IOException when the sender went
  <T> T read(HttpServletRequest request, Reader<T> reader) throws IOException, NoRoomException {
    if (request.getContentLengthLong() > limits.maxBody()) {
      throw CutShortException.tooLarge(limits.maxBody());
    }
    int taken = 0;
    EndPoint endPoint =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    long idle = endPoint.getIdleTimeout();
    var in =
        new LimitedBody(
            request.getInputStream(), limits.maxBody(), limits.readTimeout(), System::nanoTime);
    try {
      long end = System.nanoTime() + limits.readTimeout().toNanos();
      var body = new ByteArrayOutputStream();
      var chunk = new byte[CHUNK];
      int n = 0;
      while (n >= 0) {
        if (body.size() + CHUNK > taken * CHUNK) {
          if (!room.tryAcquire()) {
            throw new NoRoomException();
          }
          taken++;
        }
        body.write(chunk, 0, n);
        endPoint.setIdleTimeout(
            Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis() + 1));
        n = in.read(chunk, 0, CHUNK);
      }
      endPoint.setIdleTimeout(idle);
      return reader.read(body.toByteArray());
    } catch (CutShortException e) {
      throw e;
    } catch (IOException e) {
      throw e.getCause() instanceof TimeoutException
          ? CutShortException.tooSlow(limits.readTimeout(), in.count())
          : e;
    } finally {
      endPoint.setIdleTimeout(idle);
      room.release(taken);
    }
  }
}
