package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.quote.Quoted;

/// Which request of the watcher an event answers.
///
/// @param id opaque, given once for a module version and a want
/// @param attempt 1 for the first time of asking
public record RequestId(String id, int attempt) {
  public RequestId {
    requireNonNull(id, "no id");
    if (id.isEmpty() || id.length() > 64 || attempt < 1) {
      throw new IllegalArgumentException(
          "bad request id " + Quoted.of(id) + ", attempt " + attempt);
    }
  }
}
