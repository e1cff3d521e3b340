package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.resilience.Tries;
import dev.modgate.fetcher.source.Answer;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.pipeline.store.BlobRef;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.Optional;

/// When one upstream is tried again for a file, and after which wait: its own `Retry-After`, or one
/// that doubles and is spread at random.
final class Retries {
  private final String name;
  private final ResiliencePolicy.Trying trying;
  private final IntervalFunction backOff;

  Retries(String name, ResiliencePolicy.Trying trying) {
    this.name = name;
    this.trying = trying;
    this.backOff =
        IntervalFunction.ofExponentialRandomBackoff(trying.firstWait(), 2, 0.5, trying.maxWait());
  }

  /// For one file.
  Retry of(Tries tries, Patience patience) {
    return Retry.of(
        name,
        RetryConfig.<Optional<Answer<BlobRef>>>custom()
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
    return e.retryAfter().compareTo(trying.maxRetryAfter()) <= 0 && patience.allows(e.retryAfter());
  }
}
