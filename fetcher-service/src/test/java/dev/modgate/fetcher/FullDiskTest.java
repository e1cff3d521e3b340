package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TinyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole service with its blob store on a disk that is really full.
class FullDiskTest {
  private final SyntheticModule big =
      SyntheticModule.of("example.com/big@v1.0.0").withFile("noise.bin", noise(200 * 1024));

  @TempDir Path folder;

  @Test
  void pausesWhileTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    try (var disk = TinyDisk.mount(folder.resolve("disk"), 512);
        var broker = LocalBroker.start(folder.resolve("kafka"), 0);
        var upstream = FakeUpstream.serving(big);
        var context =
            FetcherApplication.builder()
                .run(
                    "--modgate.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                    "--modgate.blob-store.path=" + disk.folder().resolve("blobs"),
                    "--modgate.fetcher.upstreams=" + upstream.goproxyUrl())) {
      Path blobs = disk.folder().resolve("blobs");
      Path filler = disk.fill();
      Stage<?> stage = context.getBean(Stage.class);

      request(new KafkaSettings(broker.bootstrapServers(), Topic.DEFAULT_PREFIX, Map.of()));

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(stage.status().pauses())
                  .extracting(StageStatus.Pause::reason)
                  .singleElement()
                  .asString()
                  .contains("blob store \"" + blobs + "\" can't be written")
                  .contains("No space left on device"));
      assertThat(blobFiles(blobs)).isEmpty();
      assertThat(stage.status().done()).isZero();

      Files.delete(filler);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(stage.status().done()).isEqualTo(1));
      assertThat(stage.status().deferred()).isZero();
      assertThat(blobFiles(blobs)).contains((long) big.zip().length);
    }
  }

  private void request(KafkaSettings kafka) {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
      ModuleRequested event = TestFetcher.request(big.module(), Want.ZIP);
      var record =
          new ProducerRecord<>(
              kafka.topic(Topic.MODULE_REQUESTED),
              event.module().path().value(),
              EventJson.write(event));
      assertThat(producer.send(record)).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  /// The sizes of what has a name.
  private static List<Long> blobFiles(Path store) throws IOException {
    Path blobs = store.resolve("blobs");
    if (!Files.exists(blobs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(blobs)) {
      return files.filter(Files::isRegularFile).map(p -> p.toFile().length()).toList();
    }
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
