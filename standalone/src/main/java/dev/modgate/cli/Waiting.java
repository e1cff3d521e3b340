package dev.modgate.cli;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Why nothing moves, as the stages say it.
final class Waiting {
  private Waiting() {}

  static Optional<String> reason(ApiClient api) {
    JsonNode status = api.get("/api/v1/status");
    for (JsonNode stage : status.path("stages")) {
      for (JsonNode instance : stage.path("instances")) {
        String reason = Output.text(instance.path("pauseReason"));
        if (!reason.isEmpty()) {
          return Optional.of(Output.text(stage.path("stage")) + " is paused: " + reason);
        }
      }
    }
    return Optional.empty();
  }
}
