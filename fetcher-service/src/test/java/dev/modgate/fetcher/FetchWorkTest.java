package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.modgate.fetcher.http.TimeLimits;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchWorkTest {
  private final SyntheticModule hello = SyntheticModule.of("example.com/Hello@v1.0.0");
  private final FakeUpstream upstream = FakeUpstream.serving(hello);

  @AfterEach
  void stop() {
    upstream.close();
  }

  @Test
  void bringsAllThreeFilesIntoTheBlobStore() throws Exception {
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      var event = fetcher.fetch(hello.module(), Want.ZIP);

      var fetched = (ModuleFetched) event;
      assertThat(fetcher.bytes(fetched.files().info())).isEqualTo(hello.info());
      assertThat(fetcher.bytes(fetched.files().mod())).isEqualTo(hello.mod());
      assertThat(fetcher.bytes(fetched.files().zipIfAny().orElseThrow())).isEqualTo(hello.zip());
      assertThat(fetched.fetch().upstream()).isEqualTo(upstream.goproxyUrl());
      assertThat(fetched.originCount()).isEqualTo(1);
    }
  }

  @Test
  void fetchesNoZipWhereOnlyTheGoModIsWanted() {
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      var event = fetcher.fetch(hello.module(), Want.MOD);

      assertThat(((ModuleFetched) event).files().zipIfAny()).isEmpty();
      assertThat(upstream.count(ProxyPath.zip(hello.module()))).isZero();
    }
  }

  @Test
  void fetchesFromAFolder(@TempDir Path folder) throws Exception {
    Path zip = folder.resolve(ProxyPath.zip(hello.module()));
    Files.createDirectories(zip.getParent());
    Files.write(zip, hello.zip());
    Files.write(folder.resolve(ProxyPath.mod(hello.module())), hello.mod());
    Files.write(folder.resolve(ProxyPath.info(hello.module())), hello.info());

    try (var fetcher =
        new TestFetcher(folder.toUri().toString().replaceFirst("^file:/+", "file:///"))) {
      assertThat(fetcher.fetch(hello.module(), Want.ZIP)).isInstanceOf(ModuleFetched.class);
      var other = SyntheticModule.of("example.com/other@v1.0.0").module();
      assertThatDeferred(fetcher.fetch(other, Want.ZIP), DeferReason.NOT_FOUND)
          .asString()
          .contains(folder.toString());
    }
  }

  @Test
  void defersWhatIsAbsentAndQuotesTheUpstream() {
    for (int status : new int[] {404, 410}) {
      upstream.fault("\\.info$", Fault.status(status, "not found: unknown revision v1.0.0\n"));
      assertThatDeferred(fetch(), DeferReason.NOT_FOUND)
          .asString()
          .contains(
              "example.com/Hello@v1.0.0: .info: " + upstream.goproxyUrl() + " answered " + status,
              "not found: unknown revision v1.0.0");
    }
  }

  @Test
  void a404ThatSaysFetchTimedOutIsNoAbsence() {
    upstream.fault("\\.zip$", 1, Fault.status(404, "not found: fetch timed out\n"));
    assertThat(fetch()).isInstanceOf(ModuleFetched.class);

    upstream.fault("\\.zip$", Fault.status(404, "not found: fetch timed out\n"));
    assertThatDeferred(fetch(), DeferReason.UPSTREAM_FAILED);
  }

  @Test
  void defersWhatIsRefusedWithoutAskingAgain() {
    upstream.fault("\\.mod$", Fault.status(403, "not for you\n"));

    assertThatDeferred(fetch(), DeferReason.UPSTREAM_REFUSED)
        .asString()
        .contains("answered 403 (not for you)");
    assertThat(upstream.count(ProxyPath.mod(hello.module()))).isEqualTo(1);
  }

  @Test
  void triesAServerErrorAgainAndThenDefers() {
    upstream.fault("\\.mod$", 2, Fault.status(500, "oops\n"));
    assertThat(fetch()).isInstanceOf(ModuleFetched.class);

    upstream.fault("\\.mod$", Fault.status(500, "oops\n"));
    assertThatDeferred(fetch(), DeferReason.UPSTREAM_FAILED).asString().contains("500 (oops)");
    assertThat(upstream.count(ProxyPath.mod(hello.module()))).isEqualTo(6);
  }

  @Test
  void waitsAsLongAsABusyUpstreamAsksFor() {
    upstream.fault("\\.mod$", 1, Fault.busy(429, 1));
    long start = System.nanoTime();

    assertThat(fetch()).isInstanceOf(ModuleFetched.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void doesNotWaitForAnHour() {
    upstream.fault("\\.mod$", Fault.busy(503, 3600));

    assertThatDeferred(fetch(), DeferReason.UPSTREAM_FAILED).asString().contains("503 (busy)");
    assertThat(upstream.count(ProxyPath.mod(hello.module()))).isEqualTo(1);
  }

  @Test
  void takesAWebPageForNoFile() {
    for (String file : List.of("info", "mod", "zip")) {
      upstream.heal().fault("\\." + file + "$", Fault.html());
      assertThatDeferred(fetch(), DeferReason.UPSTREAM_BAD_ANSWER)
          .asString()
          .contains("." + file + ": " + upstream.goproxyUrl() + " answered with an HTML page");
    }
  }

  @Test
  void takesAnInfoOfAnotherVersionForABadAnswer() {
    upstream.fault("\\.info$", new Fault.Replace("application/json", "{\"Version\":\"v9.9.9\"}"));

    assertThatDeferred(fetch(), DeferReason.UPSTREAM_BAD_ANSWER)
        .asString()
        .contains("\"v9.9.9\"", "example.com/Hello@v1.0.0");
  }

  @Test
  void takesBytesThatAreNoZipForABadAnswer() {
    upstream.fault("\\.zip$", new Fault.Replace("application/zip", "no zip at all"));

    assertThatDeferred(fetch(), DeferReason.UPSTREAM_BAD_ANSWER).asString().contains("no zip");
  }

  @Test
  void triesHalfAZipAgainAndThenDefers() {
    for (boolean chunked : new boolean[] {true, false}) {
      upstream.heal().fault("\\.zip$", 1, new Fault.Cut(100, chunked));
      assertThat(fetch()).isInstanceOf(ModuleFetched.class);

      upstream.fault("\\.zip$", new Fault.Cut(100, chunked));
      assertThatDeferred(fetch(), DeferReason.UPSTREAM_FAILED).asString().contains("broke off");
    }
  }

  @Test
  void leavesAZipOfAnotherModuleToTheVerifier() throws Exception {
    var other = SyntheticModule.of("example.com/other@v1.0.0");
    try (var wrong = FakeUpstream.serving(hello.withZipBytes(other.zip()));
        var fetcher = new TestFetcher(wrong.goproxyUrl())) {
      var fetched = (ModuleFetched) fetcher.fetch(hello.module(), Want.ZIP);

      assertThat(fetcher.bytes(fetched.files().zipIfAny().orElseThrow())).isEqualTo(other.zip());
    }
  }

  @Test
  void rejectsAnEndlessBodyOnceItIsOverTheLimit() {
    var limits = List.of("info", "65536", "mod", "16777216", "zip", "524288000");
    for (int i = 0; i < limits.size(); i += 2) {
      var store = BrokenStore.bottomless();
      upstream.heal().fault("\\." + limits.get(i) + "$", new Fault.Endless(0));
      try (var fetcher = fetcher(store)) {
        var event = fetcher.fetch(hello.module(), Want.ZIP);

        assertThatTooLarge(event)
            .contains("sends more bytes, at most " + limits.get(i + 1) + " are allowed");
        assertThat(store.written).isLessThan(600L << 20);
      }
    }
  }

  @Test
  void rejectsATooLargeAnnouncementWithoutReadingIt() {
    upstream.fault("\\.zip$", new Fault.Endless(600L << 20));
    var store = BrokenStore.bottomless();
    try (var fetcher = fetcher(store)) {
      assertThatTooLarge(fetcher.fetch(hello.module(), Want.ZIP))
          .contains("announces 629145600 bytes, at most 524288000 are allowed");
      assertThat(store.written).isLessThan(1L << 20);
    }
  }

  @Test
  void endsABodyThatStalls() {
    upstream.fault("\\.zip$", new Fault.Stall(100));

    try (var fetcher = fetcher(TestFetcher.IMPATIENT)) {
      assertThatDeferred(fetcher.fetch(hello.module(), Want.ZIP), DeferReason.UPSTREAM_FAILED)
          .asString()
          .contains("no byte came for 300 ms");
    }
  }

  @Test
  void bearsWithABodyThatIsSlowButMoves() {
    var idle = Duration.ofSeconds(2);
    upstream.fault("\\.info$", new Fault.Trickle(8, idle.dividedBy(6))); // for 8 steps at least

    try (var fetcher = fetcher(TestFetcher.http(Duration.ofSeconds(30), idle))) {
      assertThat(fetcher.fetch(hello.module(), Want.ZIP)).isInstanceOf(ModuleFetched.class);
    }
  }

  @Test
  void defersWhatIsNotAnsweredInTime() {
    upstream.fault(".", new Fault.Until(new CountDownLatch(1)));

    try (var fetcher = fetcher(TestFetcher.http(Duration.ofMillis(300), Duration.ofSeconds(30)))) {
      assertThatDeferred(fetcher.fetch(hello.module(), Want.ZIP), DeferReason.UPSTREAM_FAILED)
          .asString()
          .contains("no answer within 0.3 s");
    }
  }

  @Test
  void pausesOnAFullDisk() {
    try (var fetcher = fetcher(BrokenStore.full())) {
      assertThatExceptionOfType(DependencyDownException.class)
          .isThrownBy(() -> fetcher.work.process(TestFetcher.request(hello.module(), Want.ZIP)))
          .withMessage("blob store \"test\" can't be written: No space left on device");
    }
  }

  @Test
  void manyRequestsAtOnceShareOneFetch() throws Exception {
    var opened = new CountDownLatch(1);
    upstream.fault(".", new Fault.Until(opened));
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      var events = new ConcurrentLinkedQueue<ModuleEvent>();
      List<Thread> threads =
          Stream.generate(() ->
                  Thread.ofVirtual()
                      .start(() -> events.add(fetcher.fetch(hello.module(), Want.ZIP))))
              .limit(5)
              .toList();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));

      opened.countDown();
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(events)
          .hasSize(5)
          .allSatisfy(e -> assertThat(e).isInstanceOf(ModuleFetched.class));
      assertThat(upstream.count()).isEqualTo(3);
    }
  }

  @Test
  void sendsCredentialsAndTellsThemNobody() {
    upstream.requireCredentials("ann", "s3cret pw");
    try (var fetcher = new TestFetcher(upstream.goproxyUrl("ann", "s3cret%20pw"))) {
      var event = fetcher.fetch(hello.module(), Want.ZIP);

      assertThat(event).isInstanceOf(ModuleFetched.class);
      assertThat(event.toString() + fetcher.chain.status()).doesNotContain("s3cret", "ann:");
    }
    try (var fetcher = new TestFetcher(upstream.goproxyUrl("ann", "wr0ng"))) {
      var event = fetcher.fetch(hello.module(), Want.ZIP);

      assertThatDeferred(event, DeferReason.UPSTREAM_REFUSED);
      assertThat(event.toString() + fetcher.chain.status()).doesNotContain("wr0ng", "ann:");
    }
  }

  @Test
  void saysWhoItIs() {
    assertThat(fetch()).isInstanceOf(ModuleFetched.class);

    assertThat(upstream.requests())
        .allSatisfy(r -> assertThat(r.headers()).containsEntry("user-agent", "modgate/test"));
  }

  private ModuleEvent fetch() {
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      return fetcher.fetch(hello.module(), Want.ZIP);
    }
  }

  private TestFetcher fetcher(TimeLimits http) {
    return new TestFetcher(
        upstream.goproxyUrl(), new MemoryObjectStore(), http, TestFetcher.RESILIENCE);
  }

  private TestFetcher fetcher(BrokenStore store) {
    return new TestFetcher(upstream.goproxyUrl(), store, TestFetcher.HTTP, TestFetcher.RESILIENCE);
  }

  private static ObjectAssert<String> assertThatDeferred(ModuleEvent event, DeferReason reason) {
    var deferred = assertThat(event).asInstanceOf(type(ModuleDeferred.class));
    deferred.extracting(ModuleDeferred::reason).isEqualTo(reason);
    deferred.extracting(ModuleDeferred::stage).isEqualTo(StageName.FETCH);
    return new ObjectAssert<>(((ModuleDeferred) event).sentence());
  }

  private static org.assertj.core.api.AbstractStringAssert<?> assertThatTooLarge(
      ModuleEvent event) {
    var rejected = assertThat(event).asInstanceOf(type(ModuleRejected.class));
    rejected.extracting(ModuleRejected::reason).isEqualTo(RejectReason.TOO_LARGE);
    return assertThat(((ModuleRejected) event).sentence());
  }
}
