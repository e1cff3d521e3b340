package dev.modgate.fetcher.source;

/// What an upstream, or the whole chain, had to say.
public sealed interface Answer<T> {
  /// It has it.
  record Got<T>(T value) implements Answer<T> {}

  /// It has it not, or not for us, or not now.
  record Missed<T>(Miss miss) implements Answer<T> {}

  static <T> Answer<T> missed(Miss.Kind kind, String sentence) {
    return new Missed<>(new Miss(kind, sentence));
  }
}
