package dev.modgate.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicLookTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KafkaSettings kafka = KafkaSettings.of("127.0.0.1:9");
  private final TopicRules rules = new TopicRules(kafka);
  private @TempDir Path folder;

  @Test
  void theTopicsThatServicesCreateAreAsTheyShouldBe() throws Exception {
    try (var broker = LocalBroker.start(folder, 0)) {
      KafkaSettings here = KafkaSettings.of(broker.bootstrapServers());
      Topics.ensure(here, 2, (short) 1);
      var look = new TopicLook(here, LIMIT);

      assertThat(look.look())
          .containsExactly(
              Finding.ok("kafka", "\"" + broker.bootstrapServers() + "\" answers, 1 broker"),
              Finding.ok("topics", new TopicRules(here).names().size() + " are as they should be"));

      try (var admin = Admin.create(here.clientProperties())) {
        admin.deleteTopics(List.of(here.topic(Topic.MODULE_FETCHED))).all().get();
      }
      await()
          .atMost(LIMIT)
          .untilAsserted(() ->
              assertThat(look.look())
                  .extracting(Finding::name, Finding::sentence)
                  .contains(tuple("topic modgate.module-fetched", "does not exist")));
    }
  }

  @Test
  void aBrokerThatDoesNotAnswerIsAProblemWithinItsTime() throws Exception {
    var look = new TopicLook(kafka, Duration.ofMillis(500));

    assertThat(look.look())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.isOk()).isFalse(),
            finding ->
                assertThat(finding.sentence()).startsWith("\"127.0.0.1:9\" does not answer: "));
  }

  @Test
  void aBrokerWhoseNameDoesNotResolveIsAProblem() throws Exception {
    var look = new TopicLook(KafkaSettings.of("k".repeat(64) + ":9092"), LIMIT);

    assertThat(look.look()).extracting(Finding::state).containsExactly("problem");
  }

  @Test
  void eachFaultOfATopicIsNamedWithWhatToChange() {
    assertThat(faults("module-fetched", 8, "cleanup.policy", "compact"))
        .containsExactly("has cleanup.policy \"compact\", want \"delete\": else records are lost");
    assertThat(faults("stage-status", 1, "cleanup.policy", "delete"))
        .containsExactly("has cleanup.policy \"delete\", want \"compact,delete\"");
    assertThat(faults("stage-status", 3, "cleanup.policy", "compact,delete"))
        .containsExactly("has 3 partitions, want 1");
    assertThat(faults("module-fetched", 8, "retention.ms", "3600000"))
        .containsExactly(
            "keeps records for 60 min: what waits longer is lost, want a day at least");
    assertThat(faults("module-fetched", 8, "retention.bytes", "1000"))
        .containsExactly(
            "keeps 1000 bytes of a partition: what waits behind more is lost, want -1");
    assertThat(faults("module-fetched", 8, "max.message.bytes", "1000"))
        .containsExactly("takes records of 1000 bytes, want 262144 at least");
    assertThat(faults("module-fetched", 8, "retention.ms", "-1")).isEmpty();
  }

  private List<String> faults(String topic, int partitions, String key, String value) {
    Map<String, TopicFacts> found = new HashMap<>();
    for (String name : rules.names()) {
      boolean status = name.equals(kafka.statusTopic());
      boolean one = status || name.equals(kafka.commandTopic());
      found.put(
          name,
          new TopicFacts(
              name, one ? 1 : 8, Map.of("cleanup.policy", status ? "compact,delete" : "delete")));
    }
    Map<String, String> settings = new HashMap<>(Map.of("cleanup.policy", "delete"));
    settings.put(key, value);
    String name = "modgate." + topic;
    found.put(name, new TopicFacts(name, partitions, settings));
    var findings = new ArrayList<>(rules.judge(found));
    findings.removeIf(Finding::isOk);
    assertThat(findings).allSatisfy(it -> assertThat(it.name()).isEqualTo("topic " + name));
    return findings.stream().map(Finding::sentence).toList();
  }
}
