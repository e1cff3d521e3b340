package dev.modgate.cli;

import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How things are printed.
final class Output {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Output() {}

  static String json(Object value) {
    return JSON.writeValueAsString(value);
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
