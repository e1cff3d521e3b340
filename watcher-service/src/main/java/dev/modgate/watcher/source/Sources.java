package dev.modgate.watcher.source;

import java.util.List;
import java.util.Optional;

/// The sources as they are declared now. For many threads.
public interface Sources {
  /// In the order of their names.
  List<Source> all();

  Optional<Source> find(String name);

  /// Those that are known now: one, or of a group those that were discovered; none of an agent's.
  List<Repository> repositories(Source source);

  /// The one of this name.
  default Optional<Repository> repository(Source source, String name) {
    return repositories(source).stream()
        .filter(repository -> repository.name().equals(name))
        .findFirst();
  }
}
