package dev.modgate.watcher.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a project needs, and how that stands.
///
/// @param label for people
/// @param whole false where more may be needed: a module graph is not known to its end, or is
///   broken
/// @param ready all that is needed is known, inside and allowed: it builds there
/// @param counts `total`, `new` (nobody has asked for it) and by module state
/// @param bytesInside of what is inside already
/// @param bytesKnown of what is not inside, as far as it was fetched before
/// @param notes for people, a sentence each
/// @param problems why it is not whole, a sentence each
/// @param modules what is not inside, by path and version, at most 10,000
/// @param more how many are not listed
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanView(
    String label,
    boolean whole,
    boolean ready,
    Map<String, Long> counts,
    long bytesInside,
    long bytesKnown,
    List<String> notes,
    List<String> problems,
    List<Item> modules,
    long more) {

  /// @param want `zip` or `mod`
  /// @param state `new` or a module state
  /// @param reason a code; none where nothing is wrong with it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String module,
      String want,
      String state,
      @Nullable String reason,
      @Nullable String sentence) {}
}
