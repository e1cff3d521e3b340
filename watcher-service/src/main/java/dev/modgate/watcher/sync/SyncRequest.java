package dev.modgate.watcher.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/v1/syncs`. At least one of the last three is present.
///
/// @param label for people; the first file's name where it is missing
/// @param modules each `path@version`
public record SyncRequest(
    @Nullable String label,
    @Nullable TextFile goSum,
    @Nullable TextFile goMod,
    @Nullable List<String> modules) {

  /// @param name what error sentences call it
  public record TextFile(@Nullable String name, @Nullable String text) {}
}
