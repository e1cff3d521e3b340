package dev.modgate.watcher.retention;

import dev.modgate.watcher.database.WatcherParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Lets one rule delete all that it may.
public final class Purges {
  public static final Retention DEFAULTS =
      new Binder(new MapConfigurationPropertySource()).bindOrCreate("none", Retention.class);

  private Purges() {}

  /// @return how many rows
  public static int purge(WatcherParts watcher, RetentionRule rule) {
    return batches(watcher, rule).stream().mapToInt(rows -> rows).sum();
  }

  static List<Integer> batches(WatcherParts watcher, RetentionRule rule) {
    RetentionRule.Walk walk = rule.walk(watcher.clock.instant().minus(rule.keep()));
    var batches = new ArrayList<Integer>();
    while (true) {
      OptionalInt rows =
          Objects.requireNonNull(watcher.transaction.execute(_ -> walk.deleteSome()));
      if (rows.isEmpty()) {
        return batches;
      }
      batches.add(rows.getAsInt());
    }
  }
}
