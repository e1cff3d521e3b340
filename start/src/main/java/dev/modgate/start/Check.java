package dev.modgate.start;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// Looks for impossible values in one section of the settings, so that all are named at once.
public final class Check {
  private final String prefix;
  private final List<String> problems = new ArrayList<>();

  /// @param section such as `modgate.fetcher`
  public Check(String section) {
    this.prefix = section + ".";
  }

  /// @param key without its section
  public Check number(String key, long value, long least, long most) {
    return that(
        value >= least && value <= most, key, "is " + value + ", want " + least + " to " + most);
  }

  public Check size(String key, DataSize value, DataSize least, DataSize most) {
    return that(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        key,
        "is " + text(value) + ", want " + text(least) + " to " + text(most));
  }

  public Check time(String key, Duration value, Duration least, Duration most) {
    return that(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        key,
        "is " + text(value) + ", want " + text(least) + " to " + text(most));
  }

  /// The bounds that every stage has.
  public Check stage(int maxItems, DataSize maxBytes, Duration drain, @Nullable String instanceId) {
    number("max-items", maxItems, 1, 1000);
    size("max-bytes", maxBytes, DataSize.ofBytes(1), DataSize.ofTerabytes(1));
    time("drain", drain, Duration.ZERO, Duration.ofHours(1));
    return that(
        instanceId == null || !instanceId.isBlank(),
        "instance-id",
        "is blank: give a name, or leave it out");
  }

  /// @param fault what is wrong where `right` is false; follows the key in the sentence
  public Check that(boolean right, String key, String fault) {
    if (!right) {
      problems.add(prefix + key + " " + fault);
    }
    return this;
  }

  /// @throws StartException when there is a problem, naming every one
  public void end() {
    if (!problems.isEmpty()) {
      throw new StartException(problems);
    }
  }

  private static String text(DataSize size) {
    long bytes = size.toBytes();
    String[] units = {"B", "KB", "MB", "GB", "TB"};
    int unit = 0;
    while (bytes != 0 && bytes % 1024 == 0 && unit < units.length - 1) {
      bytes /= 1024;
      unit++;
    }
    return bytes + units[unit];
  }

  private static String text(Duration time) {
    long millis = time.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
