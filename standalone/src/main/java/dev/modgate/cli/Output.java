package dev.modgate.cli;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.standalone.RunInfo;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How things are printed.
final class Output {
  private static final JsonMapper JSON =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Output() {}

  /// In ASCII: a program reads it, but a terminal may show it.
  static String json(Object value) {
    return JSON.writeValueAsString(value);
  }

  /// A text of the API's answer, on one line; empty where it is absent. It may repeat what somebody
  /// else wrote, and must not steer the terminal.
  static String text(JsonNode value) {
    return Plain.of(value.asString(""));
  }

  /// Sentences, one a line.
  static String lines(String sentences) {
    return sentences.lines().map(Plain::of).collect(Collectors.joining(System.lineSeparator()));
  }

  /// What whoever starts or uses this Modgate has to know, a line each.
  static List<String> warnings(RunInfo run) {
    return run.asksNoDatabase()
        ? List.of(
            "WARNING: the checksum database is off: nothing but go.sum lines proves what goes"
                + " inside")
        : List.of();
  }

  /// `211.3 MB`; powers of ten, as disks and networks are sold.
  static String bytes(long n) {
    if (n < 1000) {
      return n + " B";
    }
    double value = n;
    String[] units = {"kB", "MB", "GB", "TB"};
    int unit = -1;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /// `4.2 s`, `3 min 5 s`.
  static String seconds(double seconds) {
    if (seconds < 100) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return (long) seconds / 60 + " min " + (long) seconds % 60 + " s";
  }

  /// `1 module`, `2 modules`.
  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
