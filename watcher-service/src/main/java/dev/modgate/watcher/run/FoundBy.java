package dev.modgate.watcher.run;

import java.util.Locale;

/// How a commit came to be known.
public enum FoundBy {
  WEBHOOK,
  POLL,
  /// `modgate source sync`, or a redelivery.
  PERSON,
  AGENT;

  /// Of two who noticed the same, the one that counts: a person's wish is not lost, and what a
  /// webhook told of is not what a poll found alone.
  FoundBy or(FoundBy other) {
    if (this == PERSON || other == PERSON) {
      return PERSON;
    }
    return this == WEBHOOK ? WEBHOOK : other;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException when there is none
  public static FoundBy ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
