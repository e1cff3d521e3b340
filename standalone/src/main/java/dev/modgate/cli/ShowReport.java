package dev.modgate.cli;

import java.io.PrintStream;
import tools.jackson.databind.JsonNode;

/// What is known of a module, for people.
final class ShowReport {
  private final PrintStream out;

  ShowReport(PrintStream out) {
    this.out = out;
  }

  void module(JsonNode answer) {
    out.println(answer);
  }

  void version(JsonNode answer) {
    out.println(answer);
  }
}
