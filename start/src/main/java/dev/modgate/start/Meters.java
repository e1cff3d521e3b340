package dev.modgate.start;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/// Where services count: Micrometer's global registry.
///
/// By itself that keeps no number, it only passes on to others. So one in memory stands behind it
/// from the start, until an exporter is added beside it.
public final class Meters {
  static {
    Metrics.addRegistry(new SimpleMeterRegistry());
  }

  private Meters() {}

  public static MeterRegistry registry() {
    return Metrics.globalRegistry;
  }
}
