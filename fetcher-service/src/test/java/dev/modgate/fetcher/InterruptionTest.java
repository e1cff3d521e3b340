package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A partition is taken away, or the process stops, while something is fetched.
class InterruptionTest {
  private final SyntheticModule hello = SyntheticModule.of("example.com/hello@v1.0.0");
  private final ModuleRequested request = TestFetcher.request(hello.module(), Want.ZIP);
  private final FakeUpstream upstream = FakeUpstream.serving(hello);

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void endsADownloadAtOnceAndLeavesNothingHalfDone(@TempDir Path folder) throws Exception {
    upstream.fault("\\.zip$", new Fault.Trickle(1, Duration.ofMillis(100)));
    var store = new FileObjectStore(folder, Durability.RELAXED);
    try (var fetcher =
        new TestFetcher(upstream.goproxyUrl(), store, TestFetcher.HTTP, TestFetcher.RESILIENCE)) {
      assertThat(outcomeOfInterrupted(fetcher)).isInstanceOf(InterruptedException.class);

      assertThat(fetcher.chain.status().getFirst().failures()).isZero();
      try (var left = Files.walk(folder)) {
        assertThat(left.filter(p -> !p.toString().contains("/blobs/")))
            .filteredOn(Files::isRegularFile)
            .filteredOn(p -> p.toFile().length() > 0)
            .isEmpty();
      }
    }
  }

  @Test
  void endsTheWaitBeforeTheNextTry() throws Exception {
    upstream.fault("\\.zip$", Fault.status(500, "oops\n"));
    ResiliencePolicy patient = TestFetcher.resilience(50, Duration.ofSeconds(60));
    try (var fetcher =
        new TestFetcher(
            upstream.goproxyUrl(), BrokenStore.bottomless(), TestFetcher.HTTP, patient)) {
      assertThat(outcomeOfInterrupted(fetcher)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void whoSharedTheFetchDoesItHimself() throws Exception {
    upstream.fault("\\.zip$", 1, new Fault.Stall(10));
    try (var fetcher =
        new TestFetcher(
            upstream.goproxyUrl(),
            BrokenStore.bottomless(),
            TestFetcher.HTTP,
            TestFetcher.RESILIENCE)) {
      var first = new CompletableFuture<Object>();
      Thread owner = Thread.ofVirtual().start(() -> first.complete(outcome(fetcher)));
      awaitRequest();
      var second = new CompletableFuture<Object>();
      Thread other = Thread.ofVirtual().start(() -> second.complete(outcome(fetcher)));
      await().atMost(Duration.ofMinutes(1)).until(() -> other.getState() == Thread.State.WAITING);

      owner.interrupt();

      assertThat(first.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      assertThat(second.get(60, TimeUnit.SECONDS)).isInstanceOf(ModuleFetched.class);
    }
  }

  private Object outcomeOfInterrupted(TestFetcher fetcher) throws Exception {
    var outcome = new CompletableFuture<Object>();
    Thread thread = Thread.ofVirtual().start(() -> outcome.complete(outcome(fetcher)));
    awaitRequest();
    Thread.sleep(100);
    thread.interrupt();
    return outcome.get(60, TimeUnit.SECONDS);
  }

  @SuppressWarnings("InterruptedExceptionSwallowed") // it is what is looked for
  private Object outcome(TestFetcher fetcher) {
    try {
      List<ModuleEvent> events = fetcher.work.process(request);
      return events.getFirst();
    } catch (Exception e) {
      return e;
    }
  }

  private void awaitRequest() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> upstream.count(ProxyPath.zip(hello.module())) > 0);
  }
}
