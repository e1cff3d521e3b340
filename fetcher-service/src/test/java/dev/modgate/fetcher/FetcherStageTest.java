package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.fetcher.chain.UpstreamChain;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.EventSender;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.StageCommand;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole service around a real broker, as it starts on its own.
class FetcherStageTest {
  private final SyntheticModule hello = SyntheticModule.of("example.com/hello@v1.0.0");
  private final SyntheticModule ghost = SyntheticModule.of("example.com/ghost@v1.0.0");

  @Test
  void answersRequestsOnTheTopics(@TempDir Path data) throws Exception {
    try (var broker = LocalBroker.start(data.resolve("kafka"), 0);
        var upstream = FakeUpstream.serving(hello);
        var context =
            FetcherApplication.builder()
                .run(
                    "--modgate.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                    "--modgate.kafka.topic-prefix=test.",
                    "--modgate.blob-store.path=" + data.resolve("blobs"),
                    "--modgate.fetcher.upstreams=" + upstream.goproxyUrl())) {
      assertThat(context.isRunning()).isTrue();
      var kafka = new KafkaSettings(broker.bootstrapServers(), "test.", Map.of());

      request(kafka, hello, ghost);

      List<ModuleEvent> results = results(kafka, 2);
      assertThat(results).hasSize(2);
      assertThat(results)
          .hasAtLeastOneElementOfType(ModuleFetched.class)
          .hasAtLeastOneElementOfType(ModuleDeferred.class);
      assertThat(filesBelow(data.resolve("blobs").resolve("blobs"))).isEqualTo(3);

      assertThatACommandProbes(kafka, context.getBean(UpstreamChain.class));
    }
  }

  private static void assertThatACommandProbes(KafkaSettings kafka, UpstreamChain chain) {
    try (var sender = new EventSender(kafka)) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> {
            sender.command(
                new StageCommand("c1", StageName.FETCH, StageCommand.Order.PROBE, Instant.EPOCH));
            return chain.status().getFirst().probe() != null;
          });
    }
  }

  private static void request(KafkaSettings kafka, SyntheticModule... modules) {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
      for (SyntheticModule module : modules) {
        ModuleRequested event = TestFetcher.request(module.module(), Want.ZIP);
        var record =
            new ProducerRecord<>(
                kafka.topic(Topic.MODULE_REQUESTED),
                event.module().path().value(),
                EventJson.write(event));
        assertThat(producer.send(record)).succeedsWithin(Duration.ofSeconds(60));
      }
    }
  }

  private static List<ModuleEvent> results(KafkaSettings kafka, int wanted) throws Exception {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put("group.id", "test");
    properties.put("auto.offset.reset", "earliest");
    properties.put("metadata.max.age.ms", "500");
    var results = new ArrayList<ModuleEvent>();
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      String fetched = kafka.topic(Topic.MODULE_FETCHED);
      consumer.subscribe(List.of(fetched, kafka.topic(Topic.MODULE_DEFERRED)));
      Instant end = Instant.now().plusSeconds(60);
      while (results.size() < wanted && Instant.now().isBefore(end)) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          Class<? extends ModuleEvent> type =
              record.topic().equals(fetched) ? ModuleFetched.class : ModuleDeferred.class;
          results.add(EventJson.read(type, record.value()));
        }
      }
    }
    return results;
  }

  private static long filesBelow(Path folder) throws Exception {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
