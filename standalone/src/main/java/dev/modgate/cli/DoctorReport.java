package dev.modgate.cli;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.standalone.DataCheckup;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What was found, from here and from the watcher, a line each; what to do stands below a problem.
final class DoctorReport {
  private final List<Line> lines = new ArrayList<>();

  /// @param remedy empty where all is well
  record Line(String name, String sentence, String remedy) {
    boolean isOk() {
      return remedy.isEmpty();
    }

    String state() {
      return isOk() ? "ok" : "problem";
    }
  }

  void ok(String name, String sentence) {
    lines.add(new Line(name, sentence, ""));
  }

  void problem(String name, String sentence, String remedy) {
    lines.add(new Line(name, sentence, remedy));
  }

  void add(Line line) {
    lines.add(line);
  }

  void add(DataCheckup.Line line) {
    lines.add(new Line(line.name(), line.sentence(), line.remedy()));
  }

  /// As the watcher's API has it.
  void add(JsonNode finding) {
    String remedy = Output.text(finding.path("remedy"));
    boolean ok = finding.path("state").asString("").equals("ok");
    lines.add(
        new Line(
            Output.text(finding.path("name")),
            Output.text(finding.path("sentence")),
            ok ? "" : remedy.isEmpty() ? "see docs/operations.md" : remedy));
  }

  boolean isWell() {
    return lines.stream().allMatch(Line::isOk);
  }

  void print(PrintStream out) {
    for (Line line : lines) {
      out.printf(
          Locale.ROOT,
          "%-8s %s: %s%n",
          line.state(),
          Plain.of(line.name()),
          Plain.of(line.sentence()));
      if (!line.isOk()) {
        out.println("         -> " + Plain.of(line.remedy()));
      }
    }
    long problems = lines.stream().filter(line -> !line.isOk()).count();
    out.println();
    out.println(
        problems == 0
            ? "all is well"
            : Output.count(problems, "problem") + " among " + lines.size() + " things looked at");
  }

  Map<String, Object> asJson() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("state", isWell() ? "ok" : "problem");
    all.put("findings", lines.stream().map(DoctorReport::asJson).toList());
    return all;
  }

  private static Map<String, Object> asJson(Line line) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", line.name());
    one.put("state", line.state());
    one.put("sentence", line.sentence());
    if (!line.isOk()) {
      one.put("remedy", line.remedy());
    }
    return one;
  }
}
