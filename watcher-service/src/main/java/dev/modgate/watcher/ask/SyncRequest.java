package dev.modgate.watcher.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// The body of `POST /api/v1/syncs` and `POST /api/v1/plans`: a project, by its files or by a
/// go.sum, or modules by their names.
///
/// @param label for people, at most 200 characters
/// @param goSum a go.sum alone
/// @param goMod for the `require` and `replace` of that go.sum; without it, its module graph is
///   walked
/// @param files of a project: go.mod, go.sum, go.work, go.work.sum and vendor/modules.txt, by their
///   paths in it, such as `cmd/tool/go.mod`
/// @param closure whether the module graph is walked although there is a go.sum
/// @param modules `path@version` each
public record SyncRequest(
    @Nullable String label,
    @Nullable TextFile goSum,
    @Nullable TextFile goMod,
    @Nullable List<@Nullable TextFile> files,
    @Nullable Boolean closure,
    @JsonDeserialize(using = ModuleNames.class) @Nullable List<@Nullable String> modules) {

  /// Whether every module graph is walked.
  boolean walksAll() {
    return Boolean.TRUE.equals(closure);
  }

  /// @param name what error sentences call it
  public record TextFile(@Nullable String name, @Nullable String text) {}
}
