package dev.modgate.watcher.notify.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose syncs something that happened is about.
///
/// @param syncs the first of them
/// @param all how many there are
public record Concerned(List<Sync> syncs, int all) {
  public static final int MOST = 20;
  public static final Concerned NOBODY = new Concerned(List.of(), 0);

  public Concerned {
    syncs = List.copyOf(syncs.size() <= MOST ? syncs : syncs.subList(0, MOST));
  }

  /// @param source null of a sync that no commit made
  /// @param owner empty where the source has none
  public record Sync(
      String id,
      String label,
      @Nullable String source,
      @Nullable String owner,
      @Nullable String repository,
      @Nullable String commit) {}
}
