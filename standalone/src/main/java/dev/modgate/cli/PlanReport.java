package dev.modgate.cli;

import java.io.PrintStream;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What a person reads of a plan, or of a check by the API.
final class PlanReport {
  private final PrintStream out;

  PlanReport(PrintStream out) {
    this.out = out;
  }

  /// What is not inside, and how much that is.
  void plan(JsonNode plan) {
    list(plan);
    JsonNode counts = plan.path("counts");
    long total = counts.path("total").asLong(0);
    long inside = counts.path("inside").asLong(0);
    long known = plan.path("bytesKnown").asLong(0);
    out.println(
        Output.text(plan.path("label"))
            + ": "
            + Output.count(total, "module version")
            + (plan.path("whole").asBoolean(true) ? "" : " at least")
            + ", "
            + inside
            + " inside already ("
            + Output.bytes(plan.path("bytesInside").asLong(0))
            + "), "
            + (total - inside)
            + " to move"
            + (known == 0 ? "" : " (" + Output.bytes(known) + " known)"));
  }

  /// What is missing, with reasons.
  void check(JsonNode plan) {
    list(plan);
    JsonNode counts = plan.path("counts");
    long total = counts.path("total").asLong(0);
    long inside = counts.path("inside").asLong(0);
    out.println(
        Output.text(plan.path("label"))
            + ": "
            + (plan.path("ready").asBoolean(false)
                ? "all " + Output.count(total, "module version") + " needed inside"
                : inside
                    + " of "
                    + (plan.path("whole").asBoolean(true) ? "" : "at least ")
                    + Output.count(total, "module version")
                    + " needed inside"));
  }

  private void list(JsonNode plan) {
    plan.path("notes").forEach(note -> out.println("note: " + Output.text(note)));
    plan.path("problems").forEach(problem -> out.println("not whole: " + Output.text(problem)));
    for (JsonNode module : plan.path("modules")) {
      String sentence = Output.text(module.path("sentence"));
      out.printf(
          Locale.ROOT,
          "%-10s  %s  %s%n",
          Output.text(module.path("state")),
          Output.text(module.path("want")),
          Output.text(module.path("module")));
      if (!sentence.isEmpty()) {
        sentence.lines().forEach(line -> out.println("            " + line));
      }
    }
    long more = plan.path("more").asLong(0);
    if (more > 0) {
      out.println("… and " + more + " more");
    }
  }
}
