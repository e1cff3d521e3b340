package dev.modgate.watcher.poll;

import dev.modgate.watcher.git.Declared;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sources of one repository each, polled every five minutes: `main` and tags `v*`.
final class FakeSources implements Sources {
  static final Duration INTERVAL = Duration.ofMinutes(5);

  private final SortedMap<String, Source> sources = new TreeMap<>();

  void put(String name, URI url) {
    put(name, url, INTERVAL, List.of());
  }

  void putWithWebhook(String name, URI url) {
    put(name, url, INTERVAL, List.of(new SecretRef.Env("SECRET")));
  }

  void putWithoutPolls(String name, URI url) {
    put(name, url, Duration.ZERO, List.of());
  }

  private void put(String name, URI url, Duration poll, List<SecretRef> secrets) {
    Source declared = Declared.at(url).source();
    sources.put(
        name,
        new Source(
            name,
            declared.place(),
            declared.host(),
            declared.access(),
            new Source.Webhook(secrets, "x-signature", "x-delivery"),
            declared.selection(),
            poll,
            declared.about()));
  }

  void remove(String name) {
    sources.remove(name);
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
    return switch (source.place()) {
      case Source.Place.Single(var url) ->
          List.of(new Repository(source.name(), url.repositoryName(), url));
      case Source.Place.Group _, Source.Place.Agent _ -> List.of();
    };
  }
}
