package dev.modgate.watcher.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;

final class BodyLimitTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final LimitedBody body =
      new LimitedBody(
          new DelegatingServletInputStream(new ByteArrayInputStream(new byte[10])),
          9,
          BodyLimit.MOST_TIME,
          now::get);

  @Test
  void aBodyThatTricklesInIsCutShort() throws Exception {
    assertThat(body.read()).isZero();
    now.addAndGet(BodyLimit.MOST_TIME.toNanos());
    assertThat(body.read()).isZero();
    now.addAndGet(1);

    assertThatThrownBy(body::read)
        .isInstanceOf(LimitedBody.CutShortException.class)
        .hasMessage("the body took longer than 60 seconds; 3 bytes of it came");
  }

  @Test
  void aBodyWhoseFirstByteComesTooLateIsCutShort() {
    now.addAndGet(BodyLimit.MOST_TIME.toNanos() + 1);

    assertThatThrownBy(body::read)
        .isInstanceOf(LimitedBody.CutShortException.class)
        .hasMessage("the body took longer than 60 seconds; 1 bytes of it came");
  }

  @Test
  void aBodyOverTheLimitIsCutShort() {
    assertThatThrownBy(() -> body.read(new byte[10], 0, 10))
        .isInstanceOf(LimitedBody.CutShortException.class)
        .hasMessage("the body is larger than 9 bytes, the most that is taken");
  }
}
