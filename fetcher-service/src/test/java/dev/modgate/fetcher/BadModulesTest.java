package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.fetcher.http.TimeLimits;
import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Modules that an upstream can't serve, and an upstream that can't serve any.
class BadModulesTest {
  private final List<SyntheticModule> good = modules("good", 6);
  private final List<SyntheticModule> bad = modules("bad", 3);
  private final FakeUpstream upstream = FakeUpstream.start();
  private TestFetcher fetcher = fetcher(TestFetcher.HTTP, TestFetcher.resilience(6));

  BadModulesTest() {
    upstream.add(good.toArray(SyntheticModule[]::new)).add(bad.toArray(SyntheticModule[]::new));
  }

  @AfterEach
  void stop() {
    fetcher.close();
    upstream.close();
  }

  static Stream<Fault> faults() {
    return Stream.of(
        Fault.status(500, "oops\n"),
        Fault.status(404, "not found: fetch timed out\n"),
        Fault.html(),
        new Fault.HangUp(),
        new Fault.Cut(4, false),
        new Fault.Stall(4));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void oneBadModuleAmongManyIsPutOffAndNothingPauses(Fault fault) {
    if (fault instanceof Fault.Stall) {
      fetcher.close();
      fetcher = fetcher(TestFetcher.IMPATIENT, TestFetcher.resilience(6));
    }
    upstream.fault("bad0", fault);

    assertThatExceptionOfType(NotNowException.class).isThrownBy(() -> process(bad.getFirst()));
    assertThatExceptionOfType(NotNowException.class).isThrownBy(() -> process(bad.getFirst()));

    assertThat(good).allSatisfy(m -> assertThat(process(m)).isInstanceOf(ModuleFetched.class));
    assertThat(breaker()).isEqualTo("closed");
  }

  @Test
  void twoBadModulesArePutOffAndNothingPauses() {
    upstream.fault("bad[01]", Fault.status(500, "oops\n"));

    for (int round = 0; round < 3; round++) {
      for (SyntheticModule module : bad.subList(0, 2)) {
        assertThatExceptionOfType(NotNowException.class)
            .isThrownBy(() -> process(module))
            .satisfies(e -> assertThat(e.reason()).isEqualTo(DeferReason.UPSTREAM_FAILED));
      }
    }

    assertThat(good).allSatisfy(m -> assertThat(process(m)).isInstanceOf(ModuleFetched.class));
  }

  @Test
  void manyBadModulesArePutOffWhileOthersSucceed() throws Exception {
    upstream.fault("bad", Fault.status(500, "oops\n"));

    for (int i = 0; i < 3; i++) {
      SyntheticModule module = bad.get(i);
      assertThatExceptionOfType(NotNowException.class).isThrownBy(() -> process(module));
      assertThat(process(good.get(i))).isInstanceOf(ModuleFetched.class);
    }
  }

  @Test
  void anUpstreamThatFailsEverythingPausesTheStageAndNothingIsPutOff() throws Exception {
    // each fails once before one has failed for the last time, which would put that one off
    fetcher.close();
    fetcher = fetcher(TestFetcher.HTTP, TestFetcher.resilience(6, Duration.ofSeconds(2)));
    upstream.fault(".", Fault.status(503, "maintenance\n"));
    var pauses = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stream<Callable<Object>> all = good.stream().map(m -> () -> processThroughPauses(m, pauses));

      List<Future<Object>> outcomes = threads.invokeAll(all.toList());

      assertThat(pauses).hasPositiveValue();
      for (Future<Object> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(ModuleFetched.class);
      }
    }
    assertThat(breaker()).isEqualTo("closed");
  }

  /// As the stage does; what fails is repaired at the first pause.
  private Object processThroughPauses(SyntheticModule module, AtomicInteger pauses)
      throws Exception {
    while (true) {
      try {
        return process(module);
      } catch (DependencyDownException e) {
        pauses.incrementAndGet();
        upstream.heal();
        Thread.sleep(50);
      }
    }
  }

  @Test
  void whoOpenedTheBreakerLetsAnotherProbeFirst() throws Exception {
    upstream.fault("bad", Fault.status(500, "oops\n"));
    bad.subList(0, 2)
        .forEach(
            m -> assertThatExceptionOfType(NotNowException.class).isThrownBy(() -> process(m)));
    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> process(bad.get(2)))
        .withMessageContaining("answered 500");
    Thread.sleep(300);
    int before = upstream.count();

    assertThatExceptionOfType(DependencyDownException.class).isThrownBy(() -> process(bad.get(2)));
    assertThat(upstream.count()).isEqualTo(before);

    assertThat(process(good.getFirst())).isInstanceOf(ModuleFetched.class);
    assertThat(breaker()).isEqualTo("closed");
  }

  @Test
  void itemsThatAloneFailDoNotPauseForEver() throws Exception {
    upstream.fault("bad", Fault.status(500, "poison\n"));
    var left = new ArrayList<>(bad);
    int pauses = 0;
    while (!left.isEmpty()) {
      try {
        process(left.getFirst());
      } catch (DependencyDownException e) {
        pauses++;
        assertThat(pauses).isLessThan(30);
        Thread.sleep(250);
      } catch (NotNowException e) {
        left.removeFirst();
      }
    }
    assertThat(pauses).isPositive();
  }

  private TestFetcher fetcher(TimeLimits http, ResiliencePolicy resilience) {
    return new TestFetcher(upstream.goproxyUrl(), new MemoryObjectStore(), http, resilience);
  }

  private String breaker() {
    return fetcher.chain.status().getFirst().breaker();
  }

  private Object process(SyntheticModule module) throws Exception {
    ModuleRequested request = TestFetcher.request(module.module(), Want.ZIP);
    return fetcher.work.process(request).getFirst();
  }

  private static List<SyntheticModule> modules(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> SyntheticModule.of("example.com/" + name + i + "@v1.0.0"))
        .toList();
  }
}
