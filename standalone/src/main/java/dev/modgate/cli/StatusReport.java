package dev.modgate.cli;

import dev.modgate.gomod.quote.Plain;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Stages, upstreams and counts on one screen of 80 columns.
final class StatusReport {
  private final PrintStream out;

  StatusReport(PrintStream out) {
    this.out = out;
  }

  void print(JsonNode status) {
    out.printf(
        Locale.ROOT, "%-9s %-9s %6s %10s %9s%n", "STAGE", "STATE", "LAG", "IN FLIGHT", "DONE");
    var below = new ArrayList<String>();
    for (JsonNode stage : status.path("stages")) {
      stage(stage, below);
    }
    below.forEach(out::println);
    JsonNode outbox = status.path("outbox");
    out.println();
    out.println(
        "requests  "
            + outbox.path("unsent").asLong(0)
            + " to send, "
            + outbox.path("unanswered").asLong(0)
            + " wait for an answer");
    out.println("modules   " + counts(status.path("modules")));
  }

  private void stage(JsonNode stage, List<String> below) {
    long inFlight = 0;
    long done = 0;
    String state = "unknown"; // nobody said anything: zero and unknown are two things
    for (JsonNode instance : stage.path("instances")) {
      inFlight += instance.path("inFlight").asLong(0);
      done += instance.path("done").asLong(0);
      String its = Output.text(instance.path("state"));
      state = state.equals("paused") ? state : its;
      String reason = Output.text(instance.path("pauseReason"));
      if (!reason.isEmpty()) {
        below.add("  paused: " + reason);
      }
      for (JsonNode dependency : instance.path("dependencies")) {
        below.add(
            "  "
                + Output.text(dependency.path("name"))
                + ": "
                + Output.text(dependency.path("health"))
                + ", "
                + Output.text(dependency.path("sentence")));
      }
    }
    String lag = stage.path("lag").isNumber() ? Output.text(stage.path("lag")) : "?";
    out.printf(
        Locale.ROOT,
        "%-9s %-9s %6s %10d %9d%n",
        Output.text(stage.path("stage")),
        state,
        lag,
        inFlight,
        done);
  }

  private static String counts(JsonNode modules) {
    var parts = new ArrayList<String>();
    modules
        .properties()
        .forEach(state -> parts.add(state.getValue().asLong(0) + " " + Plain.of(state.getKey())));
    return parts.isEmpty()
        ? "none yet; bring some inside with: modgate sync"
        : String.join(", ", parts);
  }
}
