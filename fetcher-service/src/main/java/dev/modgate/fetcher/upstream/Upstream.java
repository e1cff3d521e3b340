package dev.modgate.fetcher.upstream;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One entry of the chain, with its breaker, its tries, its bound on requests and its counts.
///
/// Answers are no failures, 404 least of all: a `go` command's probing of path prefixes makes many.
/// Only what failed counts against the breaker.
final class Upstream {
  private static final Duration PROBE_PAUSE = Duration.ofMillis(100);
  private static final int PROBE_PAUSES = 50;

  private final ProxyList.Upstream entry;
  private final Download download;
  private final ResiliencePolicy policy;
  private final Clock clock;
  private final CircuitBreaker breaker;
  private final Retry retry;
  private final Semaphore requests;
  private final LongAdder files = new LongAdder();
  private final LongAdder absent = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile String lastError = "";
  private volatile Instant since;

  Upstream(
      ProxyList.Upstream entry,
      Source source,
      BlobStore blobs,
      ResiliencePolicy policy,
      Clock clock) {
    this.entry = entry;
    this.download = new Download(source, blobs, entry.toString());
    this.policy = policy;
    this.clock = clock;
    this.since = clock.instant();
    this.requests = new Semaphore(policy.requests());
    this.breaker = newBreaker(entry.toString(), policy);
    this.retry = newRetry(entry.toString(), policy);
    breaker.getEventPublisher().onStateTransition(e -> since = clock.instant());
  }

  private static CircuitBreaker newBreaker(String name, ResiliencePolicy policy) {
    return CircuitBreaker.of(
        name,
        CircuitBreakerConfig.custom()
            .slidingWindow(policy.window(), policy.minCalls(), SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(policy.failurePercent())
            .waitDurationInOpenState(policy.openWait())
            .permittedNumberOfCallsInHalfOpenState(policy.probes())
            .build());
  }

  private static Retry newRetry(String name, ResiliencePolicy policy) {
    var backOff =
        IntervalFunction.ofExponentialRandomBackoff(policy.firstWait(), 2, 0.5, policy.maxWait());
    return Retry.of(
        name,
        RetryConfig.<Answer<BlobRef>>custom()
            .maxAttempts(policy.tries())
            .retryOnException(
                e -> e instanceof UpstreamFailedException f && worthWaiting(f, policy))
            .intervalBiFunction((attempt, outcome) ->
                outcome.isLeft() && outcome.getLeft() instanceof UpstreamFailedException f
                    ? Math.max(backOff.apply(attempt), millis(f.retryAfter()))
                    : backOff.apply(attempt))
            .build());
  }

  private static boolean worthWaiting(UpstreamFailedException e, ResiliencePolicy policy) {
    return millis(e.retryAfter()) <= policy.maxRetryAfter().toMillis();
  }

  private static long millis(@Nullable Duration wait) {
    return wait == null ? 0 : wait.toMillis();
  }

  /// As it may be shown.
  String name() {
    return entry.toString();
  }

  ProxyList.Next next() {
    return entry.next();
  }

  /// One file, into the blob store; tried again while that may help.
  Answer<BlobRef> fetch(ModuleVersion module, FileKind kind)
      throws StoreFailedException, InterruptedException {
    var failed = new AtomicReference<@Nullable String>();
    Callable<Answer<BlobRef>> attempt =
        () -> {
          try {
            return attempt(module, kind);
          } catch (UpstreamFailedException e) {
            failed.set(e.sentence());
            throw e;
          }
        };
    try {
      return retry.executeCallable(attempt);
    } catch (UpstreamFailedException e) {
      return Answer.missed(Miss.Kind.FAILED, e.sentence());
    } catch (CallNotPermittedException e) {
      String sentence = failed.get(); // its own tries may be what opened the breaker
      return sentence != null
          ? Answer.missed(Miss.Kind.FAILED, sentence)
          : Answer.missed(
              Miss.Kind.NOT_ASKED, module + ": " + name() + " is left alone for now: " + lastError);
    } catch (StoreFailedException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no other exception is declared", e);
    }
  }

  private Answer<BlobRef> attempt(ModuleVersion module, FileKind kind)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    requests.acquire();
    try {
      acquirePermission();
      return measured(module, kind);
    } finally {
      requests.release();
    }
  }

  private Answer<BlobRef> measured(ModuleVersion module, FileKind kind)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    long start = breaker.getCurrentTimestamp();
    boolean judged = false;
    try {
      Answer<BlobRef> answer = download.run(module, kind);
      judged = true;
      breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
      count(answer);
      return answer;
    } catch (UpstreamFailedException e) {
      judged = true;
      failures.increment();
      lastError = e.sentence();
      breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), e);
      throw e;
    } finally {
      if (!judged) {
        breaker.releasePermission(); // interrupted, or the store failed: nothing was learnt
      }
    }
  }

  /// Waits a little where others are just finding out whether the upstream works again.
  private void acquirePermission() throws InterruptedException {
    for (int i = 0; i < PROBE_PAUSES; i++) {
      if (breaker.tryAcquirePermission()) {
        return;
      }
      if (breaker.getState() != CircuitBreaker.State.HALF_OPEN) {
        break;
      }
      Thread.sleep(PROBE_PAUSE);
    }
    throw CallNotPermittedException.createCallNotPermittedException(breaker);
  }

  private void count(Answer<BlobRef> answer) {
    switch (answer) {
      case Answer.Got<BlobRef> got -> files.increment();
      case Answer.Missed<BlobRef>(var miss) -> {
        if (miss.kind() == Miss.Kind.ABSENT) {
          absent.increment();
        } else {
          lastError = miss.sentence();
        }
      }
    }
  }

  /// Whether it lets nothing through for now.
  boolean isShut() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN, HALF_OPEN -> true;
      case CLOSED, DISABLED, METRICS_ONLY -> false;
    };
  }

  /// How long an open breaker stays open; at least a second.
  Duration openFor() {
    Duration left = Duration.between(clock.instant(), since.plus(policy.openWait()));
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  UpstreamStatus status() {
    return new UpstreamStatus(
        name(),
        breaker.getState().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        isShut(),
        lastError,
        files.sum(),
        absent.sum(),
        failures.sum(),
        since);
  }
}
