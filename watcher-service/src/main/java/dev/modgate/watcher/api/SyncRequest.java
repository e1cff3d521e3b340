package dev.modgate.watcher.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// The body of `POST /api/v1/syncs`. At least one of go.sum and modules.
///
/// @param label for people, at most 200 characters
/// @param goMod beside a go.sum only, for its `require` and `replace`
/// @param modules `path@version` each
record SyncRequest(
    @Nullable String label,
    @Nullable TextFile goSum,
    @Nullable TextFile goMod,
    @JsonDeserialize(using = ModuleNames.class) @Nullable List<@Nullable String> modules) {

  /// @param name what error sentences call it
  record TextFile(@Nullable String name, @Nullable String text) {}
}
