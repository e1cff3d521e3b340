package dev.modgate.watcher.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Who may ask which host now: few at a time, and nobody for a while after it failed, so that one
/// host that is away or slow costs the others nothing. For many threads.
final class HostTurns {
  private static final int AT_ONCE = 2;
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final Map<String, Host> hosts = new HashMap<>();
  private final BackOff backOff;
  private final Clock clock;

  private static final class Host {
    int asking;
    int failures;
    Instant notBefore = Instant.EPOCH;
  }

  HostTurns(RandomGenerator random, Clock clock) {
    this.backOff = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(10), random);
    this.clock = clock;
  }

  /// @return empty where it may be asked now, which ends with [#ended]; else when to come again
  synchronized Optional<Instant> enter(String authority) {
    Host host = hosts.computeIfAbsent(authority, _ -> new Host());
    Instant now = clock.instant();
    if (now.isBefore(host.notBefore)) {
      return Optional.of(host.notBefore);
    }
    if (host.asking >= AT_ONCE) {
      return Optional.of(now.plus(BUSY));
    }
    host.asking++;
    return Optional.empty();
  }

  /// @param wished when the host itself wants to be asked again
  /// @return when it will be
  synchronized Instant failed(String authority, Optional<Instant> wished) {
    Host host = hosts.computeIfAbsent(authority, _ -> new Host());
    host.failures++;
    Instant later = clock.instant().plus(backOff.after(host.failures));
    Instant at = wished.filter(later::isBefore).orElse(later);
    host.notBefore = at.isAfter(host.notBefore) ? at : host.notBefore;
    return host.notBefore;
  }

  synchronized void answered(String authority) {
    hosts.computeIfAbsent(authority, _ -> new Host()).failures = 0;
  }

  synchronized void ended(String authority) {
    hosts.computeIfAbsent(authority, _ -> new Host()).asking--;
  }
}
