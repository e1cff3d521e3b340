package dev.modgate.fetcher.limits;

import static java.util.Objects.requireNonNullElse;

import dev.modgate.fetcher.resilience.ResiliencePolicy.Trying;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// As [Tries]; null for what is as usual.
public record OwnTries(
    @Nullable Integer tries,
    @Nullable Duration firstWait,
    @Nullable Duration maxWait,
    @Nullable Duration maxRetryAfter) {
  static final OwnTries NONE = new OwnTries(null, null, null, null);

  Trying over(Trying usual, @Nullable Duration total) {
    return new Trying(
        requireNonNullElse(tries, usual.tries()),
        requireNonNullElse(firstWait, usual.firstWait()),
        requireNonNullElse(maxWait, usual.maxWait()),
        requireNonNullElse(maxRetryAfter, usual.maxRetryAfter()),
        requireNonNullElse(total, usual.total()));
  }
}
