package dev.modgate.watcher.run;

import java.util.Locale;

/// How a commit came to be known.
public enum FoundBy {
  WEBHOOK,
  POLL,
  /// `modgate source sync`, or a redelivery.
  PERSON,
  AGENT;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException when there is none
  public static FoundBy ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
