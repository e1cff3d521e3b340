package dev.modgate.fetcher.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.testsupport.SyntheticModule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What opens it besides versions that fail, which `BadModulesTest` has.
class BreakerTest {
  private final ModuleVersion module = SyntheticModule.of("example.com/hello@v1.0.0").module();

  @ParameterizedTest
  @EnumSource
  void slowAnswersOpenItAndSayWhy(ResiliencePolicy.By by) throws Exception {
    Breaker breaker = breaker(by);

    for (int i = 0; i < 3; i++) {
      assertThat(breaker.acquire()).isTrue();
      assertThat(breaker.answered(Duration.ofSeconds(6))).isEmpty();
    }
    assertThat(breaker.acquire()).isTrue();
    Optional<String> why = breaker.answered(Duration.ofSeconds(7));

    assertThat(why).contains(" takes longer than 5.0 s for an answer, 7.0 s at last");
    assertThat(breaker.isShut()).isTrue();
    assertThat(breaker.acquire()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void oneQuickAnswerInTheWindowKeepsItClosed(ResiliencePolicy.By by) throws Exception {
    Breaker breaker = breaker(by);

    for (int i = 0; i < 10; i++) {
      assertThat(breaker.acquire()).isTrue();
      assertThat(breaker.answered(Duration.ofSeconds(i == 2 ? 1 : 6))).isEmpty();
    }

    assertThat(breaker.isShut()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void connectionsThatFailOpenIt(ResiliencePolicy.By by) throws Exception {
    Breaker breaker = breaker(by);

    for (int i = 0; i < 4; i++) {
      assertThat(breaker.acquire()).isTrue();
      breaker.failed(
          module,
          new UpstreamFailedException(UpstreamFailedException.Scope.UPSTREAM, "refused", null));
    }

    assertThat(breaker.isShut()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    // whose fault, breaker after one in between two failures, breaker after it was the try
    "ITEM,       closed, closed",
    "BROKEN_OFF, open,   half-open",
    "UNKNOWN,    open,   open",
    "UPSTREAM,   open,   open",
  })
  void aFailureThatSaysNothingGoodClosesNothing(
      UpstreamFailedException.Scope scope, String between, String trying) throws Exception {
    Breaker closed = breaker(ResiliencePolicy.By.CALLS);
    fail(closed, "a", UpstreamFailedException.Scope.UNKNOWN);
    fail(closed, "b", UpstreamFailedException.Scope.UNKNOWN);
    fail(closed, "b", scope);
    fail(closed, "c", UpstreamFailedException.Scope.UNKNOWN);
    assertThat(closed.state()).isEqualTo(between);

    Breaker open = breaker(ResiliencePolicy.By.CALLS, Duration.ofMillis(10));
    for (String name : List.of("a", "b", "c")) {
      fail(open, name, UpstreamFailedException.Scope.UNKNOWN);
    }
    assertThat(open.isShut()).isTrue();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(open::acquire);
    open.failed(module, new UpstreamFailedException(scope, "oops", null));
    assertThat(open.state()).isEqualTo(trying);
  }

  private static void fail(Breaker breaker, String name, UpstreamFailedException.Scope scope)
      throws InterruptedException {
    assertThat(breaker.acquire()).isTrue();
    breaker.failed(
        SyntheticModule.of("example.com/" + name + "@v1.0.0").module(),
        new UpstreamFailedException(scope, "oops", null));
  }

  private static Breaker breaker(ResiliencePolicy.By by) {
    return breaker(by, Duration.ofHours(1));
  }

  private static Breaker breaker(ResiliencePolicy.By by, Duration openWait) {
    return new Breaker(
        "https://proxy.example",
        new ResiliencePolicy.Opening(by, 1000, 4, 50, Duration.ofSeconds(5), 100, openWait, 1),
        Clock.systemUTC());
  }
}
