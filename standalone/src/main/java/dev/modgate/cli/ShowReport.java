package dev.modgate.cli;

import dev.modgate.gomod.quote.Plain;
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
    out.println(Output.text(answer.path("path")));
    for (JsonNode version : answer.path("versions")) {
      out.printf(
          Locale.ROOT,
          "  %-40s %-4s %s%n",
          Output.text(version.path("version")),
          Output.text(version.path("want")),
          state(version));
    }
  }

  void version(JsonNode answer) {
    out.println(Output.text(answer.path("module")));
    for (JsonNode want : answer.path("wants")) {
      out.println("  " + Output.text(want.path("want")) + ": " + state(want));
      line("  sentence", want.path("sentence"));
      line("  zip", want.path("zipHash"));
      line("  go.mod", want.path("goModHash"));
      evidence(want.path("evidence"));
      signature(answer.path("module"), want.path("evidence").path("verdict"));
    }
    out.println("timeline");
    for (JsonNode happening : answer.path("timeline")) {
      out.println(
          "  "
              + Output.text(happening.path("at"))
              + "  "
              + Output.text(happening.path("event"))
              + "  "
              + Output.text(happening.path("sentence")));
    }
  }

  private void evidence(JsonNode evidence) {
    if (evidence.isMissingNode()) {
      return;
    }
    out.println(
        "    from     "
            + Output.text(evidence.path("fetch").path("upstream"))
            + " at "
            + Output.text(evidence.path("fetch").path("at")));
    JsonNode sumdb = evidence.path("sumdb");
    if (sumdb.isObject()) {
      out.println(
          "    proven   by "
              + Output.text(sumdb.path("database"))
              + ", record "
              + Output.text(sumdb.path("record"))
              + " of "
              + Output.text(sumdb.path("treeSize"))
              + ", root hash "
              + Output.text(sumdb.path("rootHash")));
    } else {
      out.println("    WARNING  no checksum database has proven it, only go.sum lines");
    }
    for (JsonNode check : evidence.path("checks")) {
      out.println("    checked  " + Output.text(check));
    }
    for (JsonNode origin : evidence.path("origins")) {
      if (origin.path("claims").isEmpty()) {
        out.println(
            "    asked    by sync " + Output.text(origin.path("sync")) + ", without a claim");
      }
      for (JsonNode claim : origin.path("claims")) {
        out.println(
            "    claimed  "
                + Output.text(claim.path("file"))
                + ":"
                + Output.text(claim.path("line"))
                + " of sync "
                + Output.text(origin.path("sync"))
                + ": "
                + Output.text(claim.path("subject"))
                + " "
                + Output.text(claim.path("hash")));
      }
    }
  }

  private void signature(JsonNode module, JsonNode verdict) {
    String signatures = verdict.asString("");
    int last = signatures.lastIndexOf("\n— ");
    if (last < 0) {
      return;
    }
    String name = signatures.substring(last + 3).split(" ", 2)[0];
    out.println(
        "    signed   by "
            + Plain.of(name)
            + " (check it again with: modgate verify "
            + Output.text(module)
            + ")");
  }

  private void line(String name, JsonNode value) {
    if (!Output.text(value).isEmpty()) {
      out.printf(Locale.ROOT, "  %-10s %s%n", name, Output.text(value));
    }
  }

  private static String state(JsonNode want) {
    String reason = Output.text(want.path("reason"));
    return Output.text(want.path("state")) + (reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
