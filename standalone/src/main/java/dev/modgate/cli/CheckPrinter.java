package dev.modgate.cli;

import dev.modgate.check.CheckReport;
import dev.modgate.check.Finding;
import dev.modgate.gomod.quote.Plain;
import java.io.PrintStream;
import java.net.URI;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Prints what a check came to.
final class CheckPrinter {
  private final PrintStream out;

  CheckPrinter(PrintStream out) {
    this.out = out;
  }

  /// ```
  /// refused  example.com/a@v1.0.0  zip  (go.sum:12)
  ///          example.com/a@v1.0.0 was refused (hash-mismatch): …
  /// 311 of 312 module versions are inside at http://…
  /// ```
  void print(CheckReport report, URI gateway) {
    report.notes().forEach(note -> out.println("note: " + Plain.of(note)));
    for (Finding finding : report.findings()) {
      out.printf(
          Locale.ROOT,
          "%-10s  %s  %s  (%s)%n",
          word(finding),
          Plain.of(finding.module()),
          need(finding),
          Plain.of(finding.where()));
      finding.sentence().lines().forEach(line -> out.println("            " + Plain.of(line)));
    }
    int wrong = report.findings().size();
    out.println(
        (wrong == 0
                ? "all " + Output.count(report.checked(), "module version") + " needed "
                : Math.max(0, report.checked() - wrong)
                    + " of "
                    + Output.count(report.checked(), "module version")
                    + " needed ")
            + "inside at "
            + gateway);
  }

  static ObjectNode json(CheckReport report, URI gateway) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("allInside", report.allInside());
    node.put("checked", report.checked());
    node.put("gateway", gateway.toString());
    var findings = node.putArray("findings");
    for (Finding finding : report.findings()) {
      findings
          .addObject()
          .put("module", finding.module())
          .put("need", need(finding))
          .put("kind", word(finding))
          .put("reason", finding.sentence())
          .put("where", finding.where());
    }
    var notes = node.putArray("notes");
    report.notes().forEach(notes::add);
    return node;
  }

  private static String word(Finding finding) {
    return finding.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String need(Finding finding) {
    return finding.need().name().toLowerCase(Locale.ROOT);
  }
}
