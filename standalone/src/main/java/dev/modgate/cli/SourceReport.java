package dev.modgate.cli;

import java.io.PrintStream;
import java.net.URI;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Sources on a screen of 80 columns.
final class SourceReport {
  private static final int SHORT_COMMIT = 12;

  private final PrintStream out;

  SourceReport(PrintStream out) {
    this.out = out;
  }

  void list(JsonNode sources) {
    if (sources.isEmpty()) {
      out.println("no sources yet; add one with: modgate source add");
      return;
    }
    String line = "%-20s %-10s %-9s %5s  %s%n";
    out.printf(Locale.ROOT, line, "SOURCE", "HOST", "DECLARED", "REPOS", "WHERE");
    for (JsonNode source : sources) {
      out.printf(
          Locale.ROOT,
          line,
          Output.text(source.path("name")),
          orDash(source.path("host")),
          Output.text(source.path("declared")),
          Output.text(source.path("repositories")),
          where(source.path("definition")));
      source
          .path("problems")
          .forEach(problem -> out.println("  can't be used: " + Output.text(problem)));
    }
  }

  void added(JsonNode source, URI server) {
    String name = Output.text(source.path("name"));
    out.println(name + " is a source: " + where(source.path("definition")));
    if (source.path("hook").isString()) {
      out.println("webhook  " + server.resolve(source.path("hook").asString("")));
    }
    out.println("try it   modgate source test " + name);
  }

  void show(JsonNode shown) {
    JsonNode source = shown.path("source");
    out.println(Output.text(source.path("name")) + "  " + where(source.path("definition")));
    line("host", orDash(source.path("host")));
    line("declared", Output.text(source.path("declared")));
    line("webhook", orDash(source.path("hook")));
    source
        .path("definition")
        .properties()
        .forEach(entry -> line(entry.getKey(), value(entry.getValue())));
    source.path("problems").forEach(problem -> line("PROBLEM", Output.text(problem)));
    JsonNode health = shown.path("health");
    line("health", Output.text(health.path("state")) + ", " + Output.text(health.path("sentence")));
    if (health.path("missedByWebhook").asLong(0) > 0) {
      line(
          "missed",
          Output.text(health.path("missedByWebhook"))
              + " commits were found by a poll, and no webhook told of them");
    }
    group(Output.text(source.path("name")), shown.path("group"));
    out.println();
    out.println("commits");
    if (shown.path("commits").isEmpty()) {
      out.println("  none was seen yet");
    }
    for (JsonNode commit : shown.path("commits")) {
      String id = Output.text(commit.path("commit"));
      out.printf(
          Locale.ROOT,
          "  %s  %-7s %s  %s%n",
          Output.text(commit.path("foundAt")),
          Output.text(commit.path("foundBy")),
          id.substring(0, Math.min(SHORT_COMMIT, id.length())),
          Output.text(commit.path("ref")));
      commit
          .path("sentence")
          .asString("")
          .lines()
          .forEach(sentence -> out.println("    " + Output.lines(sentence)));
      if (commit.path("sync").isString()) {
        out.println("    sync " + Output.text(commit.path("sync")));
      }
      tick(commit, shown.path("ticks"));
    }
    out.println();
    out.println("history");
    for (JsonNode change : shown.path("history")) {
      out.println(
          "  "
              + Output.text(change.path("at"))
              + "  "
              + Output.text(change.path("change"))
              + " in "
              + Output.text(change.path("declared")));
    }
  }

  private void group(String name, JsonNode group) {
    if (group.isMissingNode()) {
      return;
    }
    line("group", Output.text(group.path("state")) + ", " + Output.text(group.path("sentence")));
    long waiting = group.path("waiting").asLong(0);
    if (waiting > 0) {
      line(
          "waiting",
          waiting
              + (waiting == 1 ? " repository" : " repositories")
              + "; read them with: modgate source import "
              + name);
      group.path("names").forEach(waits -> line("", Output.text(waits)));
    }
  }

  /// What the host shows beside the commit.
  private void tick(JsonNode commit, JsonNode ticks) {
    for (JsonNode tick : ticks) {
      if (tick.path("commit").equals(commit.path("commit"))
          && tick.path("repository").equals(commit.path("repository"))) {
        String sentence = Output.text(tick.path("sentence"));
        out.println(
            "    status "
                + Output.text(tick.path("delivery"))
                + ": "
                + Output.text(tick.path("description"))
                + (sentence.isEmpty() ? "" : " (" + sentence + ")"));
      }
    }
  }

  void steps(JsonNode steps) {
    if (steps.isEmpty()) {
      out.println("there is nothing to try: an agent reads it");
    }
    for (JsonNode step : steps) {
      out.printf(
          Locale.ROOT,
          "%-6s %-16s %s%n",
          step.path("ok").asBoolean(false) ? "ok" : "FAILED",
          Output.text(step.path("what")),
          Output.text(step.path("sentence")));
    }
  }

  private void line(String name, String value) {
    out.printf(Locale.ROOT, "  %-16s %s%n", name, value);
  }

  private static String value(JsonNode value) {
    if (!value.isContainer()) {
      return Output.text(value);
    }
    return dev.modgate.gomod.quote.Plain.of(value.toString());
  }

  private static String where(JsonNode definition) {
    if (definition.path("agent").isString()) {
      return "agent " + Output.text(definition.path("agent"));
    }
    String group = Output.text(definition.path("group"));
    return Output.text(definition.path("git")) + (group.isEmpty() ? "" : " group " + group);
  }

  private static String orDash(JsonNode value) {
    return value.isString() ? Output.text(value) : "-";
  }
}
