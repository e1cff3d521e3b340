package dev.modgate.cli;

import java.io.PrintStream;
import tools.jackson.databind.JsonNode;

/// Dead letters, for people. Nearly all of their text was written by others.
final class LetterReport {
  private final PrintStream out;

  LetterReport(PrintStream out) {
    this.out = out;
  }

  void causes(JsonNode causes) {
    if (causes.isEmpty()) {
      out.println("no dead letters");
      return;
    }
    var table = new Table("CAUSE", "STAGE", "LETTERS", "LAST SEEN", "WHAT");
    for (JsonNode cause : causes) {
      table.add(
          Output.text(cause.path("key")),
          Output.text(cause.path("stage")),
          Output.text(cause.path("open")),
          Output.text(cause.path("lastSeen")),
          Output.text(cause.path("form")));
    }
    table.print(out, Table.screen());
    out.println();
    out.println("one by one:  modgate dead-letters list --cause CAUSE");
    out.println("sent again:  modgate dead-letters retry --cause CAUSE");
  }

  void letters(JsonNode page) {
    JsonNode letters = page.path("letters");
    if (letters.isEmpty()) {
      out.println("no such dead letters");
      return;
    }
    var table = new Table("ID", "DIED", "STAGE", "STATE", "RETRIES", "KEY", "WHAT");
    for (JsonNode letter : letters) {
      table.add(
          Output.text(letter.path("id")),
          Output.text(letter.path("diedAt")),
          Output.text(letter.path("stage")),
          Output.text(letter.path("state")),
          Output.text(letter.path("retries")),
          Output.text(letter.path("key")),
          Output.text(letter.path("cause")));
    }
    table.print(out, Table.screen());
    if (page.path("next").isString()) {
      out.println("there are older ones; more with: --limit");
    }
  }

  void letter(JsonNode letter) {
    out.println("dead letter " + Output.text(letter.path("id")));
    line("died", letter.path("diedAt"));
    line("stage", letter.path("stage"));
    line("group", letter.path("group"));
    line("cause", letter.path("cause"));
    line("alike", letter.path("causeKey"));
    JsonNode origin = letter.path("origin");
    if (origin.isObject()) {
      out.println(
          "  record   "
              + Output.text(origin.path("topic"))
              + "-"
              + Output.text(origin.path("partition"))
              + "@"
              + Output.text(origin.path("offset"))
              + ", "
              + Output.bytes(letter.path("valueSize").asLong(0)));
    }
    line("key", letter.path("key"));
    line("state", letter.path("state"));
    line("by", letter.path("changedBy"));
    line("at", letter.path("changedAt"));
    line("why", letter.path("sentence"));
    line("of", letter.path("retryOf"));
    line("retries", letter.path("retries"));
    JsonNode content = letter.path("content");
    if (content.path("value").isString()) {
      out.println("value");
      out.println("  " + Output.text(content.path("value")));
    }
    out.println("stack");
    out.println(Output.lines(content.path("stack").asString("")).indent(2).stripTrailing());
  }

  /// @param done retried or discarded
  void change(JsonNode sum, String done) {
    out.println(Output.count(sum.path("changed").size(), "dead letter") + " " + done);
    for (JsonNode stay : sum.path("stays")) {
      out.println(
          "STAYS  " + Output.text(stay.path("id")) + ": " + Output.text(stay.path("sentence")));
    }
    for (JsonNode id : sum.path("untouched")) {
      out.println(
          "NOT    "
              + Output.text(id)
              + ": there is no such letter, or it was retried or discarded before");
    }
  }

  private void line(String name, JsonNode value) {
    String text = Output.text(value);
    if (!text.isEmpty()) {
      out.println("  " + name + " ".repeat(9 - name.length()) + text);
    }
  }
}
