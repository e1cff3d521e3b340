package dev.modgate.watcher.ledger.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One module at different versions in different repositories.
///
/// @param versions in their order, each with those for whom it is the highest that they build with
@JsonInclude(JsonInclude.Include.NON_NULL)
record Drift(String module, @Nullable String newestKnown, List<Users> versions) {

  /// @param repositories how many
  /// @param first of them, by name
  record Users(String version, boolean behind, int repositories, List<User> first) {}

  record User(String source, String repository, String owner) {}
}
