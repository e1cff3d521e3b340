package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.chain.Groups;
import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two equals, and an upstream behind them.
class GroupTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final List<SyntheticModule> modules =
      IntStream.range(0, 30)
          .mapToObj(i -> SyntheticModule.of("example.com/m" + i + "@v1.0.0"))
          .toList();
  private final SyntheticModule hello = modules.getFirst();
  private final FakeUpstream slow = FakeUpstream.start();
  private final FakeUpstream quick = FakeUpstream.start();
  private final FakeUpstream behind = FakeUpstream.start();

  @BeforeEach
  void serve() {
    for (FakeUpstream each : List.of(slow, quick, behind)) {
      each.add(modules.toArray(SyntheticModule[]::new));
    }
    slow.fault(".", new Fault.Delay(Duration.ofSeconds(1))); // longer than a busy machine needs
  }

  @AfterEach
  void stop() {
    slow.close();
    quick.close();
    behind.close();
  }

  @Test
  void theQuickestIsAskedOnceBothAreKnown() {
    try (var fetcher = fetcher(",", 1000, NEVER)) {
      fetchAll(fetcher, 10);

      assertThat(slow.count()).isEqualTo(2); // .info and .mod of the first
      assertThat(quick.count()).isEqualTo(18);
      assertThat(behind.count()).isZero();
    }
  }

  @Test
  void nowAndThenTheOtherIsLookedAt() {
    slow.heal();
    try (var fetcher = fetcher(",", 5, Duration.ZERO)) {
      fetchAll(fetcher, 30);

      // whichever is the better one: at least four probes of two files
      assertThat(Math.min(slow.count(), quick.count())).isGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void onlyOnceInAWhile() {
    try (var fetcher = fetcher(",", 2, NEVER)) {
      fetchAll(fetcher, 20);

      assertThat(slow.count()).isEqualTo(2);
    }
  }

  @Test
  void oneThatFailsIsLeftForTheOther() {
    slow.heal();
    try (var fetcher = fetcher(",", 1000, NEVER)) {
      fetchAll(fetcher, 2);
      quick.fault(".", Fault.status(500, "oops\n"));
      slow.fault(".", new Fault.Delay(Duration.ofMillis(50)));

      fetchAll(fetcher, 10);

      assertThat(behind.count()).isZero();
    }
  }

  @Test
  void aProbeThatFailsIsTriedOnceAndCostsNobodyTheFile() {
    try (var fetcher = fetcher(",", 2, Duration.ZERO)) {
      fetchAll(fetcher, 2);
      slow.heal().fault(".", Fault.status(500, "oops\n"));
      int before = slow.count();

      fetchAll(fetcher, 4);

      assertThat(slow.count() - before).isEqualTo(4); // two files of two probes
    }
  }

  @Test
  void whatOneHasNotAnotherMayHave() {
    slow.heal().fault(".", Fault.status(404, "no\n"));
    try (var fetcher = fetcher(",", 1000, NEVER)) {
      assertThat(fetch(fetcher, hello)).isInstanceOf(ModuleFetched.class);
      assertThat(behind.count()).isZero();
    }
  }

  @Test
  void absenceIsTheGroupsWhereEachSaysSo() {
    slow.heal().fault(".", Fault.status(404, "no\n"));
    quick.fault(".", Fault.status(410, "no\n"));
    try (var fetcher = fetcher(",", 1000, NEVER)) {
      var fetched = (ModuleFetched) fetch(fetcher, hello);

      assertThat(fetched.fetch().upstream()).isEqualTo(behind.goproxyUrl());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 oops", "403 no", "404 not found: fetch timed out"})
  void absenceOfOneAloneLeadsNowhere(String other) {
    slow.heal().fault(".", Fault.status(404, "no\n"));
    quick.fault(".", Fault.status(Integer.parseInt(other.substring(0, 3)), other.substring(4)));
    try (var fetcher = fetcher(",", 1000, NEVER)) {
      assertThat(fetch(fetcher, hello))
          .isInstanceOfSatisfying(
              ModuleDeferred.class,
              e -> assertThat(e.reason()).isNotEqualTo(DeferReason.NOT_FOUND));
      assertThat(behind.count()).isZero();
    }
  }

  @Test
  void behindABarAnyFailureOfTheGroupLeadsOn() {
    slow.heal().fault(".", Fault.status(404, "no\n"));
    quick.fault(".", Fault.status(500, "oops\n"));
    try (var fetcher = fetcher("|", 1000, NEVER)) {
      assertThat(fetch(fetcher, hello)).isInstanceOf(ModuleFetched.class);
      assertThat(behind.count()).isPositive();
    }
  }

  @Test
  void oneWhoseSlotsAreAllTakenIsNotWaitedForWhileItsEqualIsIdle() throws Exception {
    ModuleVersion long5 = modules.get(5).module();
    ModuleVersion next = modules.get(6).module();
    var released = new CountDownLatch(1);
    try (var fetcher = fetcher(",", 1000, NEVER, new ResiliencePolicy.Load(1, 0));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      fetchAll(fetcher, 2); // quick is the better one from here on
      slow.heal();
      quick.fault("m5/", new Fault.Until(released));
      Future<ModuleEvent> waiting = threads.submit(() -> fetch(fetcher, modules.get(5)));
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> quick.count(ProxyPath.info(long5)) + quick.count(ProxyPath.mod(long5)) > 0);

      assertThat(fetch(fetcher, modules.get(6))).isInstanceOf(ModuleFetched.class);

      assertThat(quick.count(ProxyPath.info(next)) + quick.count(ProxyPath.mod(next))).isZero();
      released.countDown();
      assertThat(waiting.get(1, TimeUnit.MINUTES)).isInstanceOf(ModuleFetched.class);
    }
  }

  private void fetchAll(TestFetcher fetcher, int count) {
    for (SyntheticModule module : modules.subList(0, count)) {
      assertThat(fetch(fetcher, module)).isInstanceOf(ModuleFetched.class);
    }
  }

  private static ModuleEvent fetch(TestFetcher fetcher, SyntheticModule module) {
    return fetcher.fetch(module.module(), Want.MOD);
  }

  private TestFetcher fetcher(String separator, int oneIn, Duration pause) {
    return fetcher(separator, oneIn, pause, TestFetcher.RESILIENCE.load());
  }

  private TestFetcher fetcher(
      String separator, int oneIn, Duration pause, ResiliencePolicy.Load load) {
    ResiliencePolicy usual = TestFetcher.RESILIENCE;
    List<String> equals = List.of(slow.goproxyUrl(), quick.goproxyUrl());
    return new TestFetcher(
        String.join(",", equals) + separator + behind.goproxyUrl(),
        new Groups(List.of(equals), oneIn, pause),
        new MemoryObjectStore(),
        TestFetcher.HTTP,
        new ResiliencePolicy(usual.trying(), load, usual.opening(), usual.rememberAbsence()));
  }
}
