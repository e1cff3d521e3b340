package dev.modgate.pipeline.stage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a stage finds something that it depends on: an upstream, a store, a database.
///
/// @param name such as the upstream's address, without credentials
/// @param sentence what shows it, for people; empty where there is nothing to say
/// @param since when this health began
/// @param upstream the numbers of an upstream; null for what is none
public record DependencyStatus(
    String name, Health health, String sentence, Instant since, @Nullable UpstreamReport upstream) {
  public enum Health {
    UP,
    /// Works, but not as it should: its breaker tries again, or some calls fail.
    DEGRADED,
    DOWN
  }

  public DependencyStatus(String name, Health health, String sentence, Instant since) {
    this(name, health, sentence, since, null);
  }
}
