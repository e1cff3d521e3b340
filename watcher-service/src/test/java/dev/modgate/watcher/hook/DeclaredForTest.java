package dev.modgate.watcher.hook;

import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.RefPattern;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Source.Place;
import dev.modgate.watcher.source.Sources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Sources in memory. Of a group, `pay/api` is known.
final class DeclaredForTest implements Sources {
  static final String MAIN_ONLY = "main";

  private final Map<String, Source> sources = new ConcurrentHashMap<>();

  void put(Source source) {
    sources.put(source.name(), source);
  }

  static Source single(String name, HostKind host, SecretRef... secrets) {
    return source(name, new Place.Single(url("pay/api")), host, MAIN_ONLY, false, secrets);
  }

  static Source group(String name, HostKind host, SecretRef... secrets) {
    var place =
        new Place.Group(GitUrl.parse("https://git.example.com"), "pay", List.of(), List.of());
    return source(name, place, host, MAIN_ONLY, false, secrets);
  }

  static Source source(
      String name,
      Place place,
      HostKind host,
      String branches,
      boolean pullRequests,
      SecretRef... secrets) {
    return new Source(
        name,
        place,
        host,
        new Source.Access(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Source.Webhook(List.of(secrets), "X-Modgate-Signature", "X-Modgate-Delivery"),
        new Source.Selection(
            List.of(new RefPattern(branches)),
            List.of(new RefPattern("v*")),
            List.of(),
            Source.Depth.BUILD,
            pullRequests),
        Duration.ZERO,
        new Source.About(Map.of(), ""));
  }

  static GitUrl url(String name) {
    return GitUrl.parse("https://git.example.com/" + name + ".git");
  }

  @Override
  public List<Source> all() {
    return List.copyOf(new TreeMap<>(sources).values());
  }

  @Override
  public Optional<Source> find(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  @Override
  public List<Repository> repositories(Source source) {
    return source.place() instanceof Place.Agent
        ? List.of()
        : List.of(new Repository(source.name(), "pay/api", url("pay/api")));
  }
}
