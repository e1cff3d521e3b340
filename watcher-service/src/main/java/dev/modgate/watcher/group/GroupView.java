package dev.modgate.watcher.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group as the API shows it.
///
/// @param state `new`, `sized` or `imported`
/// @param repositories that are read
/// @param waiting that were found, and are read once somebody confirms it
/// @param names the first of those that wait
/// @param listedAt when the host last gave the whole list
/// @param sentence of the last look
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupView(
    String source,
    String state,
    int repositories,
    int waiting,
    List<String> names,
    @Nullable Instant listedAt,
    @Nullable String sentence) {
  public GroupView {
    names = List.copyOf(names);
  }
}
