package dev.modgate.cli;

import java.io.PrintStream;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What is known of a module, for people.
final class ShowReport {
  private final PrintStream out;

  ShowReport(PrintStream out) {
    this.out = out;
  }

  void module(JsonNode answer) {
    out.println(answer.path("path").asString(""));
    for (JsonNode version : answer.path("versions")) {
      out.printf(
          Locale.ROOT,
          "  %-40s %-4s %s%n",
          version.path("version").asString(""),
          version.path("want").asString(""),
          state(version));
    }
  }

  void version(JsonNode answer) {
    out.println(answer.path("module").asString(""));
    for (JsonNode want : answer.path("wants")) {
      out.println("  " + want.path("want").asString("") + ": " + state(want));
      line("  sentence", want.path("sentence"));
      line("  zip", want.path("zipHash"));
      line("  go.mod", want.path("goModHash"));
      evidence(want.path("evidence"));
    }
    out.println("timeline");
    for (JsonNode happening : answer.path("timeline")) {
      out.println(
          "  "
              + happening.path("at").asString("")
              + "  "
              + happening.path("event").asString("")
              + "  "
              + happening.path("sentence").asString(""));
    }
  }

  private void evidence(JsonNode evidence) {
    if (evidence.isMissingNode()) {
      return;
    }
    out.println(
        "    from     "
            + evidence.path("fetch").path("upstream").asString("")
            + " at "
            + evidence.path("fetch").path("at").asString(""));
    for (JsonNode check : evidence.path("checks")) {
      out.println("    checked  " + check.asString(""));
    }
    for (JsonNode origin : evidence.path("origins")) {
      for (JsonNode claim : origin.path("claims")) {
        out.println(
            "    claimed  "
                + claim.path("file").asString("")
                + ":"
                + claim.path("line").asString("")
                + " of sync "
                + origin.path("sync").asString(""));
      }
    }
  }

  private void line(String name, JsonNode value) {
    if (!value.asString("").isEmpty()) {
      out.printf(Locale.ROOT, "  %-10s %s%n", name, value.asString(""));
    }
  }

  private static String state(JsonNode want) {
    String reason = want.path("reason").asString("");
    return want.path("state").asString("") + (reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
