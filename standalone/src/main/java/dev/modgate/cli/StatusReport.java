package dev.modgate.cli;

import dev.modgate.gomod.quote.Plain;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    out.println();
    status.path("groups").forEach(this::group);
    status.path("warnings").forEach(warning -> out.println("WARNING: " + Output.text(warning)));
    JsonNode outbox = status.path("outbox");
    out.println();
    out.println("kafka     " + kafka(status.path("kafka")));
    out.println(
        "requests  "
            + outbox.path("unsent").asLong(0)
            + " to send, "
            + outbox.path("unanswered").asLong(0)
            + " wait for an answer");
    long letters = status.path("deadLetters").asLong(0);
    if (letters > 0) {
      out.println("letters   " + letters + " dead; see: modgate dead-letters list");
    }
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
      boolean failed = its.equals("failed");
      state = state.equals("failed") || (state.equals("paused") && !failed) ? state : its;
      String reason = Output.text(instance.path("pauseReason"));
      if (!reason.isEmpty()) {
        below.add((failed ? "  failed: " : "  paused: ") + reason);
        times(instance).ifPresent(below::add);
      }
      for (JsonNode dependency : instance.path("dependencies")) {
        String sentence = Output.text(dependency.path("sentence"));
        below.add(
            "  "
                + Output.text(dependency.path("name"))
                + ": "
                + Output.text(dependency.path("health"))
                + (sentence.isEmpty() ? "" : ", " + sentence));
      }
    }
    out.printf(
        Locale.ROOT,
        "%-9s %-9s %6s %10d %9d%n",
        Output.text(stage.path("stage")),
        state,
        lag(stage),
        inFlight,
        done);
  }

  private static Optional<String> times(JsonNode instance) {
    String since = Output.text(instance.path("pausedSince"));
    String next = Output.text(instance.path("nextTry"));
    return since.isEmpty()
        ? Optional.empty()
        : Optional.of("    since " + since + (next.isEmpty() ? "" : ", tries again at " + next));
  }

  private void group(JsonNode group) {
    out.printf(Locale.ROOT, "%-24s %6s waiting%n", Output.text(group.path("group")), lag(group));
  }

  private static String lag(JsonNode of) {
    return of.path("lag").isNumber() ? Output.text(of.path("lag")) : "?";
  }

  private static String kafka(JsonNode kafka) {
    String state = Output.text(kafka.path("state"));
    String reason = Output.text(kafka.path("reason"));
    return (state.isEmpty() ? "unknown" : state) + (reason.isEmpty() ? "" : ": " + reason);
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
