package dev.modgate.cli;

import java.io.PrintStream;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Channels on a screen of 80 columns.
final class NotifyReport {
  private static final String LINE = "%-20s %-9s %-8s %8s %8s %9s%n";

  private final PrintStream out;

  NotifyReport(PrintStream out) {
    this.out = out;
  }

  void list(JsonNode all) {
    JsonNode channels = all.path("channels");
    if (channels.isEmpty()) {
      out.println("nobody is told; declare channels at modgate.watcher.notifications.channels");
      return;
    }
    out.printf(Locale.ROOT, LINE, "CHANNEL", "KIND", "STATE", "WAITING", "SENT", "GIVEN UP");
    for (JsonNode channel : channels) {
      out.printf(
          Locale.ROOT,
          LINE,
          Output.text(channel.path("name")),
          Output.text(channel.path("kind")),
          Output.text(channel.path("state")),
          Output.text(channel.path("waiting")),
          Output.text(channel.path("sent")),
          Output.text(channel.path("givenUp")));
      trouble(channel);
    }
  }

  private void trouble(JsonNode channel) {
    if (channel.path("state").asString("").equals("ok")) {
      return;
    }
    out.println("  " + Output.text(channel.path("lastError")));
    if (channel.path("nextTry").isString()) {
      out.println("  next try " + Output.text(channel.path("nextTry")));
    }
    if (channel.path("state").asString("").equals("gone")) {
      out.println("  opened again by: modgate notify test " + Output.text(channel.path("name")));
    }
  }
}
