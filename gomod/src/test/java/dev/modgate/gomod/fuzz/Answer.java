package dev.modgate.gomod.fuzz;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What parsers answer, in words.
final class Answer {
  private Answer() {}

  /// @param refusal the only exception that says that the input is broken
  static String orRefusal(Class<? extends Exception> refusal, Callable<String> read)
      throws Exception {
    try {
      return read.call();
    } catch (Exception e) {
      if (e.getClass() != refusal) {
        throw e;
      }
      return "refused: " + sentence(e.getMessage());
    }
  }

  /// What may be shown to a person, line by line.
  static String sentence(@Nullable String text) {
    if (text == null || text.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))) {
      throw new IllegalStateException("no sentence: " + text);
    }
    return text;
  }

  /// What was read must be what was written.
  static <T> T same(T read, T written) {
    if (!Objects.equals(read, written)) {
      throw new IllegalStateException(written + " became " + read);
    }
    return read;
  }
}
