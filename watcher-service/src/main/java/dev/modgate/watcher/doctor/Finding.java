package dev.modgate.watcher.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// One thing that was looked at.
///
/// @param name of it, such as `database`
/// @param state `ok` or `problem`
/// @param sentence what shows it
/// @param remedy what to do; only of a problem
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String name, String state, String sentence, @Nullable String remedy) {
  private static final String OK = "ok";

  static Finding ok(String name, String sentence) {
    return new Finding(name, OK, sentence, null);
  }

  static Finding problem(String name, String sentence, String remedy) {
    return new Finding(name, "problem", sentence, remedy);
  }

  boolean isOk() {
    return state.equals(OK);
  }
}
