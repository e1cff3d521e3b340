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
    pauses(status.path("pauses"));
    out.println();
    status.path("groups").forEach(this::group);
    status.path("warnings").forEach(warning -> out.println("WARNING: " + Output.text(warning)));
    JsonNode outbox = status.path("outbox");
    out.println();
    out.println("kafka     " + kafka(status.path("kafka")));
    out.println(
        "requests  "
            + count(outbox.path("unsent"))
            + " to send, "
            + count(outbox.path("unanswered"))
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

  /// All that waits, in one place.
  private void pauses(JsonNode pauses) {
    if (pauses.isEmpty()) {
      return;
    }
    out.println();
    out.println("WAITING");
    for (JsonNode pause : pauses) {
      String next = Output.text(pause.path("nextTry"));
      out.println("  " + Output.text(pause.path("of")) + ": " + Output.text(pause.path("reason")));
      out.println(
          "    since "
              + Output.text(pause.path("since"))
              + (next.isEmpty() ? ", until somebody helps" : ", tries again at " + next));
    }
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

  /// Unknown is not zero.
  private static String count(JsonNode number) {
    return number.isNumber() ? Output.text(number) : "?";
  }

  private static String counts(JsonNode modules) {
    if (modules.isMissingNode()) {
      return "?";
    }
    var parts = new ArrayList<String>();
    modules
        .properties()
        .forEach(state -> parts.add(state.getValue().asLong(0) + " " + Plain.of(state.getKey())));
    return parts.isEmpty()
        ? "none yet; bring some inside with: modgate sync"
        : String.join(", ", parts);
  }
}
