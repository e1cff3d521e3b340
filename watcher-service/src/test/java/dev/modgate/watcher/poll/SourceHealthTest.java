package dev.modgate.watcher.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.poll.SourceHealth.Facts;
import dev.modgate.watcher.poll.SourceHealth.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class SourceHealthTest {
  private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");
  private static final SourceHealth.MissedCommit MISSED =
      new SourceHealth.MissedCommit("pay/api", "refs/heads/main", "a".repeat(40), LATER);

  @Test
  void aFailureOfPollsCountsMostBecauseNothingIsSureThen() {
    var health =
        SourceHealth.of(new Facts(true, 40, 2, "it answers 401", LATER, EARLIER, 1, MISSED));

    assertThat(health.state()).isEqualTo(State.FAILING);
    assertThat(health.sentence()).isEqualTo("2 of 40 repositories can't be polled: it answers 401");
  }

  @Test
  void aWebhookThatWasMissedAndDidNotComeSinceIsSilent() {
    assertThat(SourceHealth.of(new Facts(true, 1, 0, null, EARLIER, LATER, 1, MISSED)).state())
        .isEqualTo(State.SILENT);
  }

  @Test
  void aWebhookThatCameSinceItWasMissedIsHealthy() {
    var since = LATER.plusSeconds(1);

    assertThat(SourceHealth.of(new Facts(true, 1, 0, null, since, LATER, 1, MISSED)).state())
        .isEqualTo(State.HEALTHY);
  }

  @Test
  void aSourceOfWhichNothingWasHeardIsSilent() {
    assertThat(SourceHealth.of(new Facts(true, 1, 0, null, null, null, 0, null)).state())
        .isEqualTo(State.SILENT);
  }

  @Test
  void aSourceThatIsOnlyPolledIsHealthy() {
    assertThat(SourceHealth.of(new Facts(false, 1, 0, null, null, LATER, 0, null)).state())
        .isEqualTo(State.HEALTHY);
  }

  @Test
  void isJsonInTheWordsOfTheApi() {
    var health = SourceHealth.of(new Facts(true, 1, 0, null, null, LATER, 1, MISSED));

    assertThat(JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(health)))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"state": "silent",
                     "sentence": "a poll found \\"refs/heads/main\\" at %s, no webhook told of it,\
                     and none came since",
                     "lastEvent": null,
                     "lastPoll": "2026-01-01T01:00:00Z",
                     "missedByWebhook": 1,
                     "lastMissed": {
                       "repository": "pay/api",
                       "ref": "refs/heads/main",
                       "commit": "%s",
                       "foundAt": "2026-01-01T01:00:00Z"}}
                    """
                        .formatted(MISSED.commit(), MISSED.commit())));
  }
}
