package dev.modgate.watcher.poll;

import dev.modgate.watcher.git.Declared;
import dev.modgate.watcher.source.RefPattern;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Sources of one repository each, polled every five minutes: `main` and tags `v*`.
final class FakeSources implements Sources {
  static final Duration INTERVAL = Duration.ofMinutes(5);

  private final SortedMap<String, Source> sources = new TreeMap<>();
  private final Set<String> left = new HashSet<>();
  private List<RefPattern> tags = List.of(new RefPattern("v*"));

  void put(String name, URI url) {
    put(name, url, INTERVAL, List.of());
  }

  void putWithWebhook(String name, URI url) {
    put(name, url, INTERVAL, List.of(new SecretRef.Env("SECRET")));
  }

  void putWithoutPolls(String name, URI url) {
    put(name, url, Duration.ZERO, List.of());
  }

  void putEvery(String name, URI url, Duration poll) {
    put(name, url, poll, List.of());
  }

  /// Tags by these patterns, from now on.
  void wantTags(String... patterns) {
    tags = Arrays.stream(patterns).map(RefPattern::new).toList();
  }

  /// The source stays, and its repository is not in it any more.
  void leave(String name) {
    left.add(name);
  }

  void comeBack(String name) {
    left.remove(name);
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
            new Source.Selection(
                declared.selection().branches(), tags, List.of(), Source.Depth.BUILD, false),
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
      case Source.Place.Single _ when left.contains(source.name()) -> List.of();
      case Source.Place.Single(var url) ->
          List.of(new Repository(source.name(), url.repositoryName(), url));
      case Source.Place.Group _, Source.Place.Agent _ -> List.of();
    };
  }
}
