package dev.modgate.watcher.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// The body of `POST /api/v1/syncs`. At least one of go.sum and modules, or a go.mod that requires
/// nothing: then there is nothing to bring.
///
/// @param label for people, at most 200 characters
/// @param goMod for its `require` and `replace`
/// @param modules `path@version` each
record SyncRequest(
    @Nullable String label,
    @Nullable TextFile goSum,
    @Nullable TextFile goMod,
    @JsonDeserialize(using = ModuleNames.class) @Nullable List<@Nullable String> modules) {

  /// @param name what error sentences call it
  record TextFile(@Nullable String name, @Nullable String text) {}
}
