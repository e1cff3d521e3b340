package dev.modgate.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Why nothing moves, as the stages say it, or by their silence.
final class Waiting {
  private Waiting() {}

  /// @param status the answer of `/api/v1/status`
  static Optional<String> reason(JsonNode status) {
    if (Output.text(status.path("kafka").path("state")).equals("down")) {
      return Optional.of(Output.text(status.path("kafka").path("reason")));
    }
    var reasons = new ArrayList<String>();
    for (JsonNode pause : status.path("pauses")) {
      if (Output.text(pause.path("of")).equals("watcher")) {
        reasons.add(Output.text(pause.path("reason")));
      }
    }
    for (JsonNode stage : status.path("stages")) {
      String name = Output.text(stage.path("stage"));
      Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
      for (JsonNode instance : stage.path("instances")) {
        groups
            .computeIfAbsent(Output.text(instance.path("group")), _ -> new ArrayList<>())
            .add(instance);
      }
      if (groups.isEmpty()) {
        reasons.add(name + " says nothing: no instance of it has been heard of lately");
      }
      groups.values().forEach(instances -> reason(name, instances).ifPresent(reasons::add));
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  /// A group shares its work, so one instance that works is enough, but a pause holds what is its
  /// own.
  private static Optional<String> reason(String stage, List<JsonNode> instances) {
    for (JsonNode instance : instances) {
      String reason = Output.text(instance.path("pauseReason"));
      if (!reason.isEmpty()) {
        return Optional.of(stage + " is paused: " + reason);
      }
    }
    List<String> states = instances.stream().map(i -> Output.text(i.path("state"))).toList();
    if (states.contains("running") || states.contains("paused")) {
      return Optional.empty();
    }
    return states.contains("failed")
        ? Optional.of(stage + " has failed and begins anew")
        : Optional.of(stage + " is " + states.getFirst());
  }
}
