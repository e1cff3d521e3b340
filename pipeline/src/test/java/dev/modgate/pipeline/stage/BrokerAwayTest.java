package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.ModuleRequested;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/// A stage whose broker goes away and comes back.
class BrokerAwayTest extends OnBroker {

  @Test
  void pausesWhileTheBrokerIsAwayAndGoesOnByItself() throws Exception {
    Stage<ModuleRequested> stage = start(this::finish, settings());
    request(0, 5);
    await(() -> done.size() == 5 && committed() == 5);
    stopBroker();

    await(() -> stage.status().state() == StageStatus.State.PAUSED);

    assertThat(stage.status().pauses())
        .singleElement()
        .satisfies(pause -> {
          assertThat(pause.reason()).startsWith("kafka at ").endsWith(" does not answer");
          assertThat(pause.nextTry()).isAfter(pause.since());
        });
    assertThat(stage.stuck()).isEmpty();
    startBrokerAgain();
    await(() -> stage.status().state() == StageStatus.State.RUNNING);
    request(5, 10);
    await(() -> done.size() == 10 && committed() == 10);
    assertThat(stage.status().pauses()).isEmpty();
    assertThat(stage.status().deferred() + stage.status().deadLettered()).isZero();
  }

  @Test
  void aBrokerThatRefusesAnswers() {
    var watch = new BrokerWatch("fetcher", "broker:1", Duration.ofSeconds(5));
    Instant sent = Instant.EPOCH;
    Instant late = sent.plusSeconds(11);
    watch.sending(sent);
    watch.sending(sent.plusSeconds(5));
    assertThat(watch.pause(sent.plusSeconds(10))).isEmpty();

    watch.answered(new TimeoutException("nobody was there"), late);

    assertThat(watch.pause(late))
        .hasValueSatisfying(pause -> assertThat(pause.since()).isEqualTo(sent));
    watch.answered(new TopicAuthorizationException("not you"), late);
    assertThat(watch.pause(late)).isEmpty();
  }
}
