package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.start.WatchedStage;
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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// The stage while nothing can be fetched, or kept: it pauses, says why, tries, and goes on by
/// itself.
class FetchPausesTest {
  @TempDir private static Path folder;
  private static LocalBroker broker;

  private final SyntheticModule first = module("a");
  private final SyntheticModule second = module("b");
  private final SyntheticModule third = module("c");
  private final FakeUpstream upstream = FakeUpstream.serving(first, second, third);
  private final FakeUpstream other = FakeUpstream.serving(first, second, third);

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder.resolve("kafka"), 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void stop() {
    upstream.close();
    other.close();
  }

  @Test
  void allUpstreamsAreAway(TestInfo test) throws Exception {
    upstream.down();
    other.down();
    try (var fetcher = fetcher();
        var stage = start(test, fetcher)) {
      stage.send(TestFetcher.request(first.module(), Want.ZIP));
      stage.send(TestFetcher.request(second.module(), Want.ZIP));

      stage.assertPauses(
          "no upstream works", upstream.goproxyUrl(), other.goproxyUrl(), "no connection");
      long tries = fetcher.chain.status().getFirst().failures();
      for (int i = 0; i < 2; i++) { // they are asked again and again
        long before = tries;
        await(() -> fetcher.chain.status().getFirst().failures() > before);
        tries = fetcher.chain.status().getFirst().failures();
      }

      other.up();
      stage.assertGoesOn(2);
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition);
  }

  @Test
  void theBlobStoreIsFullReadOnlyOrAway(TestInfo test) throws Exception {
    try (var disk = TinyDisk.mount(folder.resolve("disk"), 1024)) {
      Path root = disk.folder().resolve("blobs");
      var store = new FileObjectStore(root, Durability.RELAXED);
      String reason = "blob store \"test\" can't be written: ";
      try (var fetcher = fetcher(store);
          var stage = start(test, fetcher)) {
        Path filler = disk.fill();
        stage.send(TestFetcher.request(first.module(), Want.ZIP));
        stage.assertPauses(reason, "No space left on device");
        assertThat(sizes(root)).isEmpty();
        Files.delete(filler);
        stage.assertGoesOn(1);
        assertThat(sizes(root)).contains((long) first.zip().length);

        disk.readOnly();
        stage.send(TestFetcher.request(second.module(), Want.ZIP));
        stage.assertPauses(reason, "Read-only file system");
        disk.writable();
        stage.assertGoesOn(2);

        Path away = root.resolveSibling("away");
        Files.move(root, away);
        stage.send(TestFetcher.request(third.module(), Want.ZIP));
        stage.assertPauses(reason, root.toString());
        Files.move(away, root);
        stage.assertGoesOn(3);
        assertThat(sizes(root)).contains((long) third.zip().length);
      }
    }
  }

  private TestFetcher fetcher() {
    return fetcher(new MemoryObjectStore());
  }

  private TestFetcher fetcher(ObjectStore store) {
    return new TestFetcher(
        upstream.goproxyUrl() + "|" + other.goproxyUrl(),
        store,
        TestFetcher.HTTP,
        TestFetcher.resilience(1));
  }

  private static WatchedStage<ModuleRequested> start(TestInfo test, TestFetcher fetcher)
      throws Exception {
    String prefix = test.getTestMethod().orElseThrow().getName() + ".";
    return new WatchedStage<>(
        StageName.FETCH,
        ModuleRequested.class,
        Topic.MODULE_REQUESTED,
        fetcher.work,
        new KafkaSettings(broker.bootstrapServers(), prefix, Map.of()));
  }

  /// Of what has a name.
  private static List<Long> sizes(Path store) throws IOException {
    Path blobs = store.resolve("blobs");
    if (!Files.exists(blobs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(blobs)) {
      return files.filter(Files::isRegularFile).map(p -> p.toFile().length()).toList();
    }
  }

  private static SyntheticModule module(String name) {
    byte[] noise = new byte[200 * 1024];
    new Random(name.hashCode()).nextBytes(noise);
    return SyntheticModule.of("example.com/" + name + "@v1.0.0").withFile("noise.bin", noise);
  }
}
