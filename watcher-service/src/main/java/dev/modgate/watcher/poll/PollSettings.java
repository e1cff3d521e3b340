package dev.modgate.watcher.poll;

import dev.modgate.start.Check;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `modgate.watcher.poll.*`; each key is explained in `watcher.yml`.
public record PollSettings(
    @DefaultValue("4") int atOnce,
    @DefaultValue("1h") Duration longestWait,
    @DefaultValue("10m") Duration webhookGrace) {

  /// Adds what is impossible in these.
  public Check check(Check check) {
    return check
        .number("poll.at-once", atOnce, 1, 100)
        .time("poll.longest-wait", longestWait, Duration.ofMinutes(1), Duration.ofDays(7))
        .time("poll.webhook-grace", webhookGrace, Duration.ofSeconds(1), Duration.ofDays(1));
  }
}
