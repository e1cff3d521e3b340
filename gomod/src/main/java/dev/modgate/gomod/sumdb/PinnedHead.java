package dev.modgate.gomod.sumdb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The head under which records are proven. It lags behind the remembered one, because each head
/// that leaves here becomes an epoch of a database inside, which costs tiles.
final class PinnedHead {
  private final Duration pin;
  private final InstantSource clock;
  private @Nullable SignedHead pinned;
  private Instant until = Instant.MIN;

  PinnedHead(Duration pin, InstantSource clock) {
    this.pin = pin;
    this.clock = clock;
  }

  /// @param remembered the newest head
  /// @param record that is to be proven
  /// @return a head that was remembered once, of the same history
  synchronized SignedHead choose(SignedHead remembered, long record) {
    Instant now = clock.instant();
    SignedHead current = pinned;
    if (current != null
        && (current.size() >= remembered.size()
            || (now.isBefore(until) && record < current.size()))) {
      return current;
    }
    pinned = remembered;
    until = now.plus(pin);
    return remembered;
  }
}
