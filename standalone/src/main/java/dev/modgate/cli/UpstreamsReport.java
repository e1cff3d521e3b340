package dev.modgate.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Upstreams, one a line, and below them what went wrong.
final class UpstreamsReport {
  private static final String UNKNOWN = "-";

  private final PrintStream out;
  private final Optional<Integer> width;

  /// @param width of the screen; empty where there is none
  UpstreamsReport(PrintStream out, Optional<Integer> width) {
    this.out = out;
    this.width = width;
  }

  void print(JsonNode all) {
    JsonNode upstreams = all.path("upstreams");
    if (upstreams.isEmpty()) {
      out.println("no fetcher said anything within the last minute");
      return;
    }
    boolean several =
        upstreams.valueStream().map(u -> u.path("instance").asString("")).distinct().count() > 1;
    var table = new Table("UPSTREAM", "BREAKER", "AVAIL", "P50", "P95", "SPEED", "FILES", "FRESH");
    var below = new ArrayList<String>();
    for (JsonNode upstream : upstreams) {
      JsonNode numbers = upstream.path("numbers");
      JsonNode probe = numbers.path("probe");
      String name = Output.text(upstream.path("name"));
      String shown = several ? name + " (" + Output.text(upstream.path("instance")) + ")" : name;
      table.add(
          shown,
          numbers.isObject() ? Output.text(numbers.path("breaker")) : "left out",
          percent(numbers.path("availability")),
          millis(numbers.path("medianMillis")),
          millis(numbers.path("p95Millis")),
          speed(numbers.path("bytesPerSecond")),
          numbers.path("files").isNumber() ? Output.text(numbers.path("files")) : UNKNOWN,
          fresh(probe));
      below.addAll(below(shown, upstream, numbers, probe));
    }
    table.print(out, width);
    if (!below.isEmpty()) {
      out.println();
      below.forEach(out::println);
    }
  }

  private static List<String> below(
      String name, JsonNode upstream, JsonNode numbers, JsonNode probe) {
    var lines = new ArrayList<String>();
    if (!numbers.isObject()) {
      lines.add(name + " " + Output.text(upstream.path("sentence")));
    }
    String error = Output.text(numbers.path("lastError"));
    if (!error.isEmpty()) {
      lines.add(name + ": last error, " + Output.text(numbers.path("lastErrorAt")) + ":");
      lines.add("  " + error);
    }
    String said = Output.text(probe.path("sentence"));
    if (!said.isEmpty() && !said.equals(error)) {
      lines.add(name + ": probed " + Output.text(probe.path("at")) + ":");
      lines.add("  " + said);
    }
    return lines;
  }

  private static String percent(JsonNode part) {
    return part.isNumber()
        ? String.format(Locale.ROOT, "%.1f %%", part.asDouble(0) * 100)
        : UNKNOWN;
  }

  private static String millis(JsonNode millis) {
    if (!millis.isNumber()) {
      return UNKNOWN;
    }
    long value = millis.asLong(0);
    return value < 10_000 ? value + " ms" : Output.seconds(value / 1000.0);
  }

  private static String speed(JsonNode bytes) {
    return bytes.isNumber() ? Output.bytes(bytes.asLong(0)) + "/s" : UNKNOWN;
  }

  /// Of a probe: an upstream that nobody else can be compared with is neither fresh nor stale.
  private static String fresh(JsonNode probe) {
    if (!probe.isObject()) {
      return UNKNOWN;
    }
    if (!probe.path("answered").asBoolean(false)) {
      return "no answer";
    }
    long compared = probe.path("compared").asLong(0);
    long behind = probe.path("behind").asLong(0);
    return compared == 0 ? UNKNOWN : behind == 0 ? "yes" : behind + " of " + compared + " behind";
  }
}
