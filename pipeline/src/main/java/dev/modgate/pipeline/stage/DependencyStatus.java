package dev.modgate.pipeline.stage;

import java.time.Instant;

/// How a stage finds something that it depends on: an upstream, a store, a database.
///
/// @param name such as the upstream's address, without credentials
/// @param sentence what shows it, for people; empty where there is nothing to say
/// @param since when this health began
public record DependencyStatus(String name, Health health, String sentence, Instant since) {
  public enum Health {
    UP,
    /// Works, but not as it should: its breaker tries again, or some calls fail.
    DEGRADED,
    DOWN
  }
}
