package dev.modgate.fetcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdleGuardTest {
  @Test
  void endsABodyThatMakesLessThanIsWanted() {
    try (var guard = new IdleGuard(Duration.ofMillis(100))) {
      InputStream body = guard.guard(trickle(10), limits(Duration.ofSeconds(5), 10_000));

      assertThatIOException()
          .isThrownBy(body::readAllBytes)
          .withMessageMatching("only \\d+ bytes a second came, at least 10000 are wanted");
    }
  }

  @Test
  void theReadersOwnSlownessIsNotTheUpstreams() throws Exception {
    var now = new AtomicLong();
    try (var guard = new IdleGuard(Duration.ofMillis(100), now::get)) {
      InputStream body =
          guard.guard(new ByteArrayInputStream(new byte[3]), limits(Duration.ofMillis(40), 1));
      for (int i = 0; i < 3; i++) {
        assertThat(body.read()).isZero();
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        Thread.sleep(80); // for the guard to look
      }
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  private static TimeLimits limits(Duration idle, long minBytesPerSecond) {
    return new TimeLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), idle, minBytesPerSecond);
  }

  /// One byte after each pause, for ever.
  private static InputStream trickle(long pauseMillis) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        return 0;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        into[offset] = (byte) read();
        return 1;
      }
    };
  }
}
