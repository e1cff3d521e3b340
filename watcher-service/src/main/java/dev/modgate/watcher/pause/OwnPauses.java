package dev.modgate.watcher.pause;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The watcher's own pauses, for the status, the log and the metrics. For many threads.
public final class OwnPauses {
  private static final Logger LOG = LoggerFactory.getLogger(OwnPauses.class);

  private final Map<Cause, Pause> pauses = new EnumMap<>(Cause.class);
  private final Clock clock;

  /// See the package.
  public enum Cause {
    DATABASE,
    DISK,
    OUTBOX,
    RESULTS
  }

  public OwnPauses(Clock clock) {
    this.clock = clock;
  }

  /// For how long each pauses, in seconds, 0 while it does not: `modgate.watcher.pause`.
  public OwnPauses counted(MeterRegistry registry) {
    for (Cause cause : Cause.values()) {
      Gauge.builder("modgate.watcher.pause", this, own -> own.seconds(cause))
          .tag("cause", cause.name().toLowerCase(Locale.ROOT))
          .baseUnit("seconds")
          .description("for how long the watcher waits for this; 0 while it does not")
          .register(registry);
    }
    return this;
  }

  /// Begins it, or says anew why it lasts.
  ///
  /// @param nextTry from now
  public synchronized void lasts(Cause cause, String reason, Duration nextTry) {
    Instant now = clock.instant();
    Pause before = pauses.get(cause);
    pauses.put(cause, new Pause(reason, before == null ? now : before.since(), now.plus(nextTry)));
    if (before == null) {
      LOG.warn("the watcher pauses: {}; next try in {}", reason, nextTry);
    }
  }

  public synchronized void ended(Cause cause) {
    Pause ended = pauses.remove(cause);
    if (ended != null) {
      Duration lasted = Duration.between(ended.since(), clock.instant());
      LOG.info("the watcher goes on after a pause of {}: {}", lasted, ended.reason());
    }
  }

  /// Null while there is none.
  public synchronized @Nullable Pause of(Cause cause) {
    return pauses.get(cause);
  }

  public synchronized List<Pause> all() {
    return List.copyOf(pauses.values());
  }

  private synchronized double seconds(Cause cause) {
    Pause pause = pauses.get(cause);
    return pause == null
        ? 0
        : Math.max(1, Duration.between(pause.since(), clock.instant()).toSeconds());
  }
}
