package dev.modgate.watcher.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

final class BodyTurnsTest {
  private static final int HALF = BodyTurns.SHARED_BYTES / 2;

  private final BodyTurns turns = new BodyTurns(Duration.ZERO);

  /// What a request is answered while another one is at work.
  private MockHttpServletResponse during(
      MockHttpServletRequest first, MockHttpServletRequest second) throws Exception {
    var answer = new MockHttpServletResponse();
    turns.doFilter(
        first, new MockHttpServletResponse(), (_, _) -> turns.doFilter(second, answer, done()));
    return answer;
  }

  private static FilterChain done() {
    return (_, response) -> ((MockHttpServletResponse) response).setStatus(201);
  }

  private static MockHttpServletRequest post(int bytes) {
    var request = new MockHttpServletRequest("POST", "/api/v1/syncs");
    request.setContent(new byte[bytes]);
    return request;
  }

  @Test
  void smallBodiesShare() throws Exception {
    assertThat(during(post(HALF), post(HALF)).getStatus()).isEqualTo(201);
  }

  @Test
  void aBodyWithoutRoomIsAnsweredWhenToTryAgain() throws Exception {
    MockHttpServletResponse answer = during(post(HALF + 1), post(HALF));

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeader("Retry-After")).isEqualTo("10");
    assertThat(answer.getContentAsString()).contains("try again in 10 seconds");
  }

  @Test
  void aLargeBodyHasItsTurnAlone() throws Exception {
    assertThat(during(post(4 * BodyTurns.SHARED_BYTES), post(1)).getStatus()).isEqualTo(503);
    assertThat(during(post(1), post(4 * BodyTurns.SHARED_BYTES)).getStatus()).isEqualTo(503);
  }

  @Test
  void aBodyOfUnknownLengthHasItsTurnAlone() throws Exception {
    var unknown = new MockHttpServletRequest("POST", "/api/v1/syncs");

    assertThat(during(unknown, post(1)).getStatus()).isEqualTo(503);
  }

  @Test
  void whoeverOnlyLooksDoesNotWait() throws Exception {
    var get = new MockHttpServletRequest("GET", "/api/v1/syncs");

    assertThat(during(post(4 * BodyTurns.SHARED_BYTES), get).getStatus()).isEqualTo(201);
  }

  @Test
  void aTurnEndsWithItsRequest() throws Exception {
    during(post(HALF), post(HALF));

    assertThat(during(post(HALF), post(HALF)).getStatus()).isEqualTo(201);
  }
}
