package dev.modgate.pipeline.event;

import java.util.List;

/// Caps what people read in an event, so that no input makes a record larger than
/// [EventJson#MAX_BYTES].
final class Limits {
  /// Characters of one sentence; a longer one is cut.
  static final int SENTENCE = 4_000;

  /// Claims of one origin: a file has two lines for a version, a workspace has several files.
  static final int CLAIMS = 20;

  /// Checks of one evidence.
  static final int CHECKS = 50;

  private Limits() {}

  static String sentence(String text) {
    return cut(SENTENCE, text);
  }

  static String cut(int characters, String text) {
    return text.length() <= characters ? text : text.substring(0, characters - 1) + "…";
  }

  static <T> List<T> first(int count, List<T> all) {
    return all.size() <= count ? List.copyOf(all) : List.copyOf(all.subList(0, count));
  }
}
