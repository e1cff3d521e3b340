package dev.modgate.watcher.ledger.view;

import dev.modgate.watcher.git.Declared;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sources with owners, labels and repositories, which come and go.
final class TestSources implements Sources {
  private static final GitUrl ELSEWHERE = GitUrl.parse("https://git.example.com/a/b");

  private final SortedMap<String, Source> sources = new TreeMap<>();
  private final SortedMap<String, List<String>> repositories = new TreeMap<>();

  void put(String name, String owner, Map<String, String> labels, String... itsRepositories) {
    Source like = Declared.at(URI.create("https://git.example.com/a/b")).source();
    sources.put(
        name,
        new Source(
            name,
            like.place(),
            like.host(),
            like.access(),
            like.webhook(),
            like.selection(),
            like.poll(),
            new Source.About(labels, owner)));
    repositories.put(name, new ArrayList<>(List.of(itsRepositories)));
  }

  void remove(String name) {
    sources.remove(name);
  }

  void rename(String source, String from, String to) {
    repositories.getOrDefault(source, List.of()).replaceAll(it -> it.equals(from) ? to : it);
  }

  Repository get(String source, String repository) {
    return new Repository(source, repository, ELSEWHERE);
  }

  @Override
  public List<Source> all() {
    return List.copyOf(sources.values());
  }

  @Override
  public Optional<Source> find(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  @Override
  public List<Repository> repositories(Source source) {
    return repositories.getOrDefault(source.name(), List.of()).stream()
        .map(name -> get(source.name(), name))
        .toList();
  }
}
