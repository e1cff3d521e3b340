package dev.modgate.cli;

import java.io.PrintStream;
import tools.jackson.databind.JsonNode;

/// Stages, upstreams and counts on one screen.
final class StatusReport {
  private final PrintStream out;

  StatusReport(PrintStream out) {
    this.out = out;
  }

  void print(JsonNode status) {
    out.println(status);
  }
}
