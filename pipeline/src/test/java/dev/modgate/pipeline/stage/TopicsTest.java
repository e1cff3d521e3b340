package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void aBrokerWhoseNameDoesNotResolveIsNotThereYet() {
    assertThatThrownBy(() -> Topics.ensure(KafkaSettings.of("nobody.invalid:9092"), 1, (short) 1))
        .isInstanceOf(KafkaUnavailableException.class)
        .hasMessage(
            "kafka at \"nobody.invalid:9092\" can't be asked: No resolvable bootstrap urls given in"
                + " bootstrap.servers");
  }
}
