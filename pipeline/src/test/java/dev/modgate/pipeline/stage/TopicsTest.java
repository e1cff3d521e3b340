package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicsTest extends OnBroker {
  /// Too long for a name: no resolver is asked.
  private static final String NOBODY = "k".repeat(64) + ":9092";

  @Test
  void aBrokerWhoseNameDoesNotResolveIsNotThereYet() {
    assertThatThrownBy(() -> Topics.ensure(KafkaSettings.of(NOBODY), 1, (short) 1))
        .isInstanceOf(KafkaUnavailableException.class)
        .hasMessage(
            "kafka at \""
                + NOBODY
                + "\" can't be asked: No resolvable bootstrap urls given in bootstrap.servers");
  }

  @Test
  void anImpossiblePropertyIsNotWaitedFor() {
    var impossible =
        new KafkaSettings(kafka.bootstrapServers(), "x.", Map.of("security.protocol", "XYZ"));

    assertThatThrownBy(() -> Topics.ensure(impossible, 1, (short) 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("security.protocol");
    assertThatThrownBy(() -> Topics.ensure(KafkaSettings.of("no port"), 1, (short) 1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid url in bootstrap.servers: no port");
  }

  @Test
  void theStatusOfAnInstanceThatWasKilledGoesByItself() throws Exception {
    await(() -> !configOfTheStatusTopic("retention.ms").isEmpty()); // brokers hear of it one by one

    assertThat(configOfTheStatusTopic("cleanup.policy")).isEqualTo("compact,delete");
    assertThat(configOfTheStatusTopic("retention.ms")).isEqualTo("3600000");
    assertThat(configOfTheStatusTopic("segment.ms")).isEqualTo("3600000");
  }

  /// Empty where the topic is unknown.
  private String configOfTheStatusTopic(String key) {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, kafka.statusTopic());
    try (var admin = Admin.create(kafka.clientProperties())) {
      var answer = admin.describeConfigs(List.of(topic)).values().values().iterator().next();
      return answer.get().get(key).value();
    } catch (ExecutionException e) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
