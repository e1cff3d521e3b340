package dev.modgate.fetcher.resilience;

import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.gomod.module.ModuleVersion;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Whether an upstream itself is down, as opposed to single module versions that it can't serve.
/// Safe for use by many threads.
///
/// It opens
/// - where connections fail: by the rate over the window, or [ResiliencePolicy#minCalls] in a row;
/// - where answers are slow, by the rate over the window;
/// - where at least [#ENOUGH] different module versions failed, or got a bad answer, with nothing
///   answered in between. Tries and files of one version count once.
///
/// The first answer afterwards closes it. A login page, or another server in its place, is none.
public final class Breaker {
  /// One version that fails may be its own fault, and two may be a coincidence.
  static final int ENOUGH = 3;

  private static final int MAX_REMEMBERED = 1000;
  private static final Duration PROBE_PAUSE = Duration.ofMillis(100);
  private static final int PROBE_PAUSES = 50;

  private final ResiliencePolicy.Opening policy;
  private final Clock clock;
  private final CircuitBreaker breaker;
  private final Set<ModuleVersion> failed = new HashSet<>();
  private final Set<ModuleVersion> stoodBack = new HashSet<>();
  private int unreachable;
  private volatile Instant since;

  public Breaker(String name, ResiliencePolicy.Opening policy, Clock clock) {
    this.policy = policy;
    this.clock = clock;
    this.since = clock.instant();
    this.breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(policy.window(), policy.minCalls(), windowType(policy.by()))
                .failureRateThreshold(policy.failurePercent())
                .slowCallDurationThreshold(policy.slowAfter())
                .slowCallRateThreshold(policy.slowPercent())
                .waitDurationInOpenState(policy.openWait())
                .permittedNumberOfCallsInHalfOpenState(policy.probes())
                .build());
    breaker.getEventPublisher().onStateTransition(e -> since = clock.instant());
  }

  private static SlidingWindowType windowType(ResiliencePolicy.By by) {
    return switch (by) {
      case CALLS -> SlidingWindowType.COUNT_BASED;
      case SECONDS -> SlidingWindowType.TIME_BASED;
    };
  }

  /// Whether a request may be made; what comes of it is to be told. Waits a little where others are
  /// just finding out whether the upstream works again.
  public boolean acquire() throws InterruptedException {
    for (int i = 0; i < PROBE_PAUSES; i++) {
      if (breaker.tryAcquirePermission()) {
        return true;
      }
      if (breaker.getState() != State.HALF_OPEN) {
        return false;
      }
      Thread.sleep(PROBE_PAUSE);
    }
    return false;
  }

  /// It answered: with the file, or that it has it not, or gives it not.
  ///
  /// @param waited for the head of the answer alone: long downloads are no fault
  /// @return where that opened it, why; follows the upstream's name in a sentence
  public synchronized Optional<String> answered(Duration waited) {
    failed.clear();
    unreachable = 0;
    State before = breaker.getState();
    breaker.onSuccess(waited.toNanos(), TimeUnit.NANOSECONDS);
    if (breaker.getState() == State.HALF_OPEN && waited.compareTo(policy.slowAfter()) <= 0) {
      breaker.transitionToClosedState();
    }
    return before != State.OPEN && breaker.getState() == State.OPEN
        ? Optional.of(
            " takes longer than "
                + policy.slowAfter().toMillis() / 1000.0
                + " s for an answer, "
                + waited.toMillis() / 1000.0
                + " s at last")
        : Optional.empty();
  }

  public synchronized void failed(ModuleVersion module, UpstreamFailedException e) {
    switch (e.scope()) {
      case ITEM -> {
        var _ = answered(Duration.ZERO);
      }
      case BROKEN_OFF -> breaker.releasePermission();
      case UNKNOWN -> {
        remember(module);
        if (breaker.getState() == State.HALF_OPEN) {
          error(e);
        } else {
          breaker.releasePermission();
          openIf(failed.size() >= ENOUGH);
        }
      }
      case UPSTREAM -> {
        unreachable++;
        error(e);
        openIf(unreachable >= policy.minCalls());
      }
    }
  }

  /// Nothing was learnt.
  public void released() {
    breaker.releasePermission();
  }

  /// Whether this version had better let another one find out whether the upstream works again,
  /// because it failed here itself. True once a version while the breaker stays open, and a few
  /// times in all: there may be no other.
  public synchronized boolean isForOthersToTry(ModuleVersion module) {
    return isShut()
        && failed.contains(module)
        && stoodBack.size() < ENOUGH
        && stoodBack.add(module);
  }

  private void remember(ModuleVersion module) {
    if (failed.size() < MAX_REMEMBERED) {
      failed.add(module);
    }
  }

  private void error(Exception e) {
    breaker.onError(0, TimeUnit.NANOSECONDS, e);
    if (breaker.getState() == State.OPEN) {
      stoodBack.clear();
    }
  }

  private void openIf(boolean down) {
    if (down && breaker.getState() == State.CLOSED) {
      breaker.transitionToOpenState();
      stoodBack.clear();
    }
  }

  /// Whether it lets nothing through for now.
  public boolean isShut() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN, HALF_OPEN -> true;
      case CLOSED, DISABLED, METRICS_ONLY -> false;
    };
  }

  /// How long an open breaker stays open; at least a second.
  public Duration openFor() {
    Duration left = Duration.between(clock.instant(), since.plus(policy.openWait()));
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  /// For people, as [UpstreamStatus] has it.
  public String state() {
    return breaker.getState().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Instant since() {
    return since;
  }
}
