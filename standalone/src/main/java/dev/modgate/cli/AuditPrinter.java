package dev.modgate.cli;

import dev.modgate.audit.AuditReport;
import dev.modgate.audit.Step;
import dev.modgate.gomod.quote.Plain;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What was checked of a module version, a line a step, for people.
final class AuditPrinter {
  private final PrintStream out;

  AuditPrinter(PrintStream out) {
    this.out = out;
  }

  void print(AuditReport report, Path zone) {
    out.println(report.module() + " in " + Plain.of(zone.toString()));
    String before = "";
    for (Step step : report.steps()) {
      String subject = step.subject().equals(before) ? "" : step.subject();
      before = step.subject();
      out.printf(Locale.ROOT, "  %-5s  %-9s  %s%n", word(step), subject, Plain.of(step.sentence()));
    }
    long wrong = report.count(Step.Result.WRONG);
    out.println(
        report.verified()
            ? "verified: " + Output.count(report.steps().size(), "step")
            : "NOT VERIFIED: "
                + wrong
                + " of "
                + Output.count(report.steps().size(), "step")
                + (wrong == 1 ? " is wrong" : " are wrong"));
  }

  /// For programs.
  static ObjectNode json(AuditReport report) {
    ObjectNode all = JsonMapper.shared().createObjectNode();
    all.put("module", report.module()).put("verified", report.verified());
    ArrayNode steps = all.putArray("steps");
    for (Step step : report.steps()) {
      ObjectNode one = steps.addObject().put("result", word(step).toLowerCase(Locale.ROOT));
      one.put("subject", step.subject()).put("sentence", step.sentence());
      if (step.file() != null) {
        one.put("file", step.file());
      }
    }
    return all;
  }

  private static String word(Step step) {
    return switch (step.result()) {
      case OK -> "ok";
      case NOTE -> "note";
      case WRONG -> "WRONG";
    };
  }
}
