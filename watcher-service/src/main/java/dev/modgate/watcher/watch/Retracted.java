package dev.modgate.watcher.watch;

import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.event.GoModFacts;
import java.util.List;

/// The versions that a go.mod retracts.
record Retracted(List<GoModFacts.Span> spans) {
  boolean has(Version version) {
    return spans.stream().anyMatch(span -> has(span, version));
  }

  private static boolean has(GoModFacts.Span span, Version version) {
    try {
      return Version.parse(span.low()).compareTo(version) <= 0
          && version.compareTo(Version.parse(span.high())) <= 0;
    } catch (IllegalArgumentException e) {
      return false; // go would not read it either
    }
  }
}
