package dev.modgate.watcher.hook.payload;

import dev.modgate.watcher.run.Tip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a delivery tells.
public sealed interface HookEvent {
  /// [#kind()] of [PullRequest].
  String PULL_REQUEST = "pull-request";

  /// Branches or tags moved.
  ///
  /// @param changes one for each ref; where a payload has several the last one
  /// @param more whether the payload has more than were read
  record Push(RepositoryId repository, List<RefChange> changes, boolean more) implements HookEvent {
    public Push {
      Map<String, RefChange> last = new LinkedHashMap<>();
      changes.forEach(change -> last.put(change.ref(), change));
      changes = List.copyOf(last.values());
    }

    Push(RepositoryId repository, RefChange change) {
      this(repository, List.of(change), false);
    }
  }

  /// @param tip what can be read of it in this repository
  record PullRequest(RepositoryId repository, Tip tip) implements HookEvent {}

  /// @param tip the tag
  record Release(RepositoryId repository, Tip tip) implements HookEvent {}

  record Ping() implements HookEvent {}

  /// @param word why there is nothing to do
  record Other(String word) implements HookEvent {}

  /// @param why a sentence for the sender
  record Unreadable(String why) implements HookEvent {}

  /// One word, as it is stored.
  default String kind() {
    return switch (this) {
      case Push push ->
          push.changes().stream().allMatch(change -> change.ref().startsWith("refs/tags/"))
              ? "tag"
              : "push";
      case PullRequest _ -> PULL_REQUEST;
      case Release _ -> "release";
      case Ping _ -> "ping";
      case Other _, Unreadable _ -> "other";
    };
  }

  /// The best name of the repository.
  default Optional<String> repositoryName() {
    return switch (this) {
      case Push push -> push.repository().name();
      case PullRequest(var repository, _) -> repository.name();
      case Release(var repository, _) -> repository.name();
      case Ping _, Other _, Unreadable _ -> Optional.empty();
    };
  }

  /// What may be read.
  default List<Tip> tips() {
    return switch (this) {
      case Push push -> {
        var tips = new ArrayList<Tip>();
        for (RefChange change : push.changes()) {
          if (change instanceof RefChange.Moved(var tip)) {
            tips.add(tip);
          }
        }
        yield tips;
      }
      case PullRequest(_, var tip) -> List.of(tip);
      case Release(_, var tip) -> List.of(tip);
      case Ping _, Other _, Unreadable _ -> List.of();
    };
  }
}
