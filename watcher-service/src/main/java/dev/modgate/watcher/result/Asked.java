package dev.modgate.watcher.result;

import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.Timeline;
import java.time.Instant;

/// What was asked again.
///
/// @param row as it is now: in flight
/// @param entry says so to people
record Asked(ModuleRow row, Timeline.Entry entry) {
  /// @param why for people
  static Asked now(ModuleRow row, String why, Instant now) {
    return new Asked(row, new Timeline.Entry(row.module(), now, "requested", why, row.request()));
  }
}
