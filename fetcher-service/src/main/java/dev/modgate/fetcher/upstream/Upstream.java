package dev.modgate.fetcher.upstream;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One entry of the chain, with its breaker, its tries, its bound on requests and its counts.
///
/// Answers are no failures, 404 least of all: a `go` command's probing of path prefixes makes many.
/// What failures say about the upstream is for the [Breaker].
final class Upstream {
  private final ProxyList.Upstream entry;
  private final Source source;
  private final BlobStore blobs;
  private final ResiliencePolicy policy;
  private final Breaker breaker;
  private final IntervalFunction backOff;
  private final Semaphore requests;
  private final LongAdder files = new LongAdder();
  private final LongAdder absent = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile String lastError = "";

  Upstream(
      ProxyList.Upstream entry,
      Source source,
      BlobStore blobs,
      ResiliencePolicy policy,
      Clock clock) {
    this.entry = entry;
    this.source = source;
    this.blobs = blobs;
    this.policy = policy;
    this.requests = new Semaphore(policy.requests());
    this.breaker = new Breaker(entry.toString(), policy, clock);
    this.backOff =
        IntervalFunction.ofExponentialRandomBackoff(policy.firstWait(), 2, 0.5, policy.maxWait());
  }

  /// As it may be shown.
  String name() {
    return entry.toString();
  }

  ProxyList.Next next() {
    return entry.next();
  }

  /// One file, into the blob store; tried again while that may help and there is patience.
  Answer<BlobRef> fetch(ModuleVersion module, FileKind kind, Patience patience)
      throws StoreFailedException, InterruptedException {
    var failed = new AtomicReference<@Nullable String>();
    var tries = new Tries(policy.tries());
    try (var download = new Download(source, blobs, name(), module, kind)) {
      Callable<Answer<BlobRef>> attempt =
          () -> {
            try {
              return attempt(module, download, patience, failed.get());
            } catch (UpstreamFailedException e) {
              failed.set(e.sentence());
              tries.failed(download.kept());
              throw e;
            }
          };
      return retry(tries, patience).executeCallable(attempt);
    } catch (UpstreamFailedException e) {
      return Answer.missed(Miss.Kind.FAILED, e.sentence());
    } catch (StoreFailedException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no other exception is declared", e);
    }
  }

  private Retry retry(Tries tries, Patience patience) {
    return Retry.of(
        name(),
        RetryConfig.<Answer<BlobRef>>custom()
            .maxAttempts(Integer.MAX_VALUE) // the tries count what is no progress
            .retryOnException(e ->
                e instanceof UpstreamFailedException f
                    && tries.isLeft()
                    && isWorthWaiting(f, patience))
            .intervalBiFunction((_, outcome) -> {
              long wait = backOff.apply(tries.failed());
              return outcome.isLeft() && outcome.getLeft() instanceof UpstreamFailedException f
                  ? Math.max(Math.min(wait, patience.left().toMillis()), f.retryAfter().toMillis())
                  : wait;
            })
            .build());
  }

  private boolean isWorthWaiting(UpstreamFailedException e, Patience patience) {
    return e.retryAfter().compareTo(policy.maxRetryAfter()) <= 0 && patience.allows(e.retryAfter());
  }

  /// @param failed what the last try ended with, which may be what opened the breaker
  private Answer<BlobRef> attempt(
      ModuleVersion module, Download download, Patience patience, @Nullable String failed)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    requests.acquire();
    try {
      if (breaker.acquire()) {
        return measured(module, download, patience);
      }
      return failed != null
          ? Answer.missed(Miss.Kind.FAILED, failed)
          : Answer.missed(
              Miss.Kind.NOT_ASKED, module + ": " + name() + " is left alone for now: " + lastError);
    } finally {
      requests.release();
    }
  }

  private Answer<BlobRef> measured(ModuleVersion module, Download download, Patience patience)
      throws UpstreamFailedException, StoreFailedException, InterruptedException {
    boolean judged = false;
    try {
      Answer<BlobRef> answer = download.attempt(patience);
      judged = true;
      breaker.answered();
      count(answer);
      return answer;
    } catch (UpstreamFailedException e) {
      judged = true;
      failures.increment();
      lastError = e.sentence();
      breaker.failed(module, e);
      throw e;
    } finally {
      if (!judged) {
        breaker.released(); // interrupted, or the store failed
      }
    }
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
    return breaker.isShut();
  }

  /// See [Breaker#isForOthersToTry].
  boolean isForOthersToTry(ModuleVersion module) {
    return breaker.isForOthersToTry(module);
  }

  /// How long it lets nothing through; at least a second.
  Duration openFor() {
    return breaker.openFor();
  }

  UpstreamStatus status() {
    return new UpstreamStatus(
        name(),
        breaker.state(),
        breaker.isShut(),
        lastError,
        files.sum(),
        absent.sum(),
        failures.sum(),
        breaker.since());
  }
}
