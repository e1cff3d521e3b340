package dev.modgate.watcher.host;

import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Sources that a test declares.
public final class HostSources implements Sources {
  private final List<Source> all = new CopyOnWriteArrayList<>();

  public HostSources add(Source source) {
    all.removeIf(known -> known.name().equals(source.name()));
    all.add(source);
    return this;
  }

  public HostSources remove(String name) {
    all.removeIf(known -> known.name().equals(name));
    return this;
  }

  /// @param tokenFile empty for none
  public static Source source(
      String name, HostKind kind, Source.Place place, Optional<Path> tokenFile) {
    var access =
        new Source.Access(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            tokenFile.map(SecretRef.File::new),
            Optional.empty());
    var selection =
        new Source.Selection(List.of(), List.of(), List.of(), Source.Depth.BUILD, false);
    return new Source(
        name,
        place,
        kind,
        access,
        new Source.Webhook(List.of(), "X-Signature", "X-Delivery"),
        selection,
        Duration.ZERO,
        new Source.About(Map.of(), ""));
  }

  public static Source.Place at(String url) {
    return new Source.Place.Single(GitUrl.parse(url));
  }

  @Override
  public List<Source> all() {
    return List.copyOf(all);
  }

  @Override
  public Optional<Source> find(String name) {
    return all.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  @Override
  public List<Repository> repositories(Source source) {
    throw new UnsupportedOperationException("not of these tests");
  }
}
