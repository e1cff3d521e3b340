package dev.modgate.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import dev.modgate.testsupport.TinyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole service while one of its stores is full, read-only, or away: it pauses, says why, and
/// goes on by itself; nothing is deferred or dead-lettered.
class StorePausesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private int published;

  @Test
  void pausesWhileAStoreFailsAndGoesOnByItself() throws Exception {
    try (var disk = TinyDisk.mount(folder.resolve("disk"), 2048);
        var broker = LocalBroker.start(folder.resolve("kafka"), 0)) {
      Path zone = disk.folder().resolve("zone");
      whileItRuns(disk, broker, zone);
      fromTheStartOn(broker, zone);
    }
  }

  private void whileItRuns(TinyDisk disk, LocalBroker broker, Path zone) throws Exception {
    try (var context = start(broker, zone);
        var lines = PauseLines.listen()) {
      Stage<?> stage = (Stage<?>) context.getBean("publishStage");
      var kafka = new KafkaSettings(broker.bootstrapServers(), Topic.DEFAULT_PREFIX, Map.of());
      var outer = new Outer(new MemoryObjectStore(), context.getBean(BlobStore.class));

      Path filler = disk.fill();
      SyntheticModule module = request(kafka, outer);
      assertPaused(stage, "No space left on device");
      Files.delete(filler);
      assertPublished(stage, zone, module);

      disk.readOnly();
      module = request(kafka, outer);
      assertPaused(stage, "Read-only file system");
      disk.writable();
      assertPublished(stage, zone, module);

      Path away = zone.resolveSibling("away");
      Files.move(zone, away);
      module = request(kafka, outer);
      assertPaused(stage, "zone");
      Files.move(away, zone);
      assertPublished(stage, zone, module);

      Path blobs = folder.resolve("blobs");
      module = module();
      ModuleVerified verified = outer.verified(module, Want.ZIP);
      Files.move(blobs, folder.resolve("blobs-away"));
      send(kafka, verified);
      assertPaused(stage, "the blob store can't be read");
      Files.move(folder.resolve("blobs-away"), blobs);
      assertPublished(stage, zone, module);

      assertThat(lines.begun()).hasSize(4);
      assertThat(lines.ended()).hasSize(4);
      assertThat(stage.status().deferred()).isZero();
      assertThat(stage.status().deadLettered()).isZero();
    }
  }

  /// The disk is mounted only after the publisher has started.
  private void fromTheStartOn(LocalBroker broker, Path zone) throws Exception {
    Path away = zone.resolveSibling("away");
    Files.move(zone, away);
    Files.createDirectory(zone);
    try (var context = start(broker, zone);
        var lines = PauseLines.listen()) {
      Stage<?> stage = (Stage<?>) context.getBean("publishStage");
      var kafka = new KafkaSettings(broker.bootstrapServers(), Topic.DEFAULT_PREFIX, Map.of());
      SyntheticModule module =
          request(kafka, new Outer(new MemoryObjectStore(), context.getBean(BlobStore.class)));

      assertPaused(stage, "is expected at \"" + zone + "\"");

      assertThat(zone).isEmptyDirectory();
      Files.delete(zone);
      Files.move(away, zone);
      awaitDone(stage, 1);
      assertInside(zone, module);
      assertThat(lines.begun()).hasSize(1);
      assertThat(lines.ended()).hasSize(1);
      assertThat(stage.status().deadLettered()).isZero();
    }
  }

  private ConfigurableApplicationContext start(LocalBroker broker, Path zone) {
    return PublisherApplication.builder()
        .run(
            "--modgate.kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--modgate.blob-store.path=" + folder.resolve("blobs"),
            "--modgate.zone-store.path=" + zone,
            "--modgate.sumdb.database=off",
            "--modgate.publisher.verifier-keys=" + TestVerifier.KEY.verifierKey());
  }

  private SyntheticModule module() {
    byte[] noise = new byte[100 * 1024];
    new Random(published).nextBytes(noise);
    return SyntheticModule.of("example.com/m" + published + "@v1.0.0").withFile("noise.bin", noise);
  }

  private SyntheticModule request(KafkaSettings kafka, Outer outer) throws IOException {
    SyntheticModule module = module();
    send(kafka, outer.verified(module, Want.ZIP));
    return module;
  }

  private static void send(KafkaSettings kafka, ModuleVerified event) {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
      assertThat(
              producer.send(
                  new ProducerRecord<>(
                      kafka.topic(Topic.MODULE_VERIFIED),
                      event.module().path().value(),
                      EventJson.write(event))))
          .succeedsWithin(LIMIT);
    }
  }

  private static void assertPaused(Stage<?> stage, String reason) {
    Instant before = Instant.now().minus(LIMIT);
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(stage.status().state()).isEqualTo(StageStatus.State.PAUSED);
          assertThat(stage.status().pauses())
              .singleElement()
              .satisfies(pause -> {
                assertThat(pause.reason()).contains(reason);
                assertThat(pause.since()).isAfter(before);
                assertThat(pause.nextTry()).isAfter(pause.since());
              });
        });
  }

  private void assertPublished(Stage<?> stage, Path zone, SyntheticModule module) {
    published++;
    awaitDone(stage, published);
    assertInside(zone, module);
  }

  private static void awaitDone(Stage<?> stage, int published) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(stage.status().done()).isEqualTo(published);
          assertThat(stage.status().pauses()).isEmpty();
        });
  }

  private static void assertInside(Path zone, SyntheticModule module) {
    assertThat(zone.resolve(ZoneLayout.zip(module.module()).value()))
        .hasBinaryContent(module.zip());
  }
}
