package dev.modgate.watcher.ledger.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One want of one module version by one repository, as the API shows it.
///
/// @param module its path
/// @param want `zip`, or `mod` where the module graph needs the go.mod alone
/// @param inUse whether a line of the repository stands where it is needed
/// @param state of the module version: `inside`, `requested` ...
/// @param lines so many branches, or newest tags, need it now
/// @param last of those in use, where one was seen last; else the last commit that needed it
/// @param newestKnown null where nothing is known
/// @param behind whether a newer version is known
/// @param broughtIn the first sync that asked for it; null for what is older than this column
@JsonInclude(JsonInclude.Include.NON_NULL)
record Use(
    String module,
    String version,
    String want,
    boolean inUse,
    @Nullable String state,
    String source,
    String repository,
    String owner,
    int lines,
    Seen first,
    Seen last,
    @Nullable String newestKnown,
    boolean behind,
    @Nullable BroughtIn broughtIn) {

  /// @param ref full name of a branch or tag; empty where an agent read it
  record Seen(String ref, String commit, Instant at) {}

  /// @param label of the sync
  record BroughtIn(String label, Instant at) {}
}
