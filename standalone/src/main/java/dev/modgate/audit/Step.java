package dev.modgate.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One thing that was checked.
///
/// @param subject what it is about, a word or two
/// @param sentence what was found, both sides where they differ
/// @param file path of what is wrong; null where nothing is
public record Step(Result result, String subject, String sentence, @Nullable String file) {
  /// What came of it.
  public enum Result {
    OK,
    /// To be known, but nothing wrong.
    NOTE,
    WRONG
  }

  static Step ok(String subject, String sentence) {
    return new Step(Result.OK, subject, sentence, null);
  }

  static Step note(String subject, String sentence) {
    return new Step(Result.NOTE, subject, sentence, null);
  }

  static Step wrong(String subject, Path file, String sentence) {
    return new Step(Result.WRONG, subject, sentence, file.toString());
  }
}
