package dev.modgate.fetcher.chain;

import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.fetcher.upstream.Upstream;
import dev.modgate.fetcher.upstream.UpstreamStatus;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.semver.Version;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks upstreams for the latest version of a few modules, to see whether they answer, how quickly,
/// and whether they agree. Each is asked only of modules that it gave files of lately, so that
/// nobody hears of a module who did not know of it; one that gave none, of a public one.
final class Probes {
  private static final ModulePath PUBLIC = new ModulePath("golang.org/x/mod");
  private static final int MODULES = 3;

  private final List<Upstream> upstreams;
  private final Clock clock;

  Probes(List<Upstream> upstreams, Clock clock) {
    this.upstreams = upstreams;
    this.clock = clock;
  }

  /// What one upstream said.
  ///
  /// @param failure why there was no answer; empty where there was one
  private record Said(
      Upstream upstream, Duration took, String failure, Map<ModulePath, Version> latest) {}

  /// All at once. What came of it is in each one's status.
  void run() throws InterruptedException {
    Instant at = clock.instant();
    Set<ModulePath> shared = shared();
    List<Said> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Said>> asked =
          upstreams.stream().map(u -> threads.submit(() -> ask(u, modules(u, shared)))).toList();
      try {
        for (Future<Said> one : asked) {
          all.add(one.get());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      } finally {
        asked.forEach(future -> future.cancel(true));
      }
    }
    all.forEach(said -> said.upstream().probed(outcome(said, all, at)));
  }

  private static UpstreamStatus.Probe outcome(Said said, Collection<Said> all, Instant at) {
    Freshness freshness =
        Freshness.of(
            said.latest(),
            all.stream()
                .filter(other -> other.upstream() != said.upstream())
                .map(Said::latest)
                .toList());
    boolean answered = said.failure().isEmpty();
    return new UpstreamStatus.Probe(
        at,
        answered,
        said.took(),
        freshness.compared(),
        freshness.behind(),
        answered ? freshness.example() : said.failure());
  }

  /// Modules that more than one upstream gave files of: there something can be compared.
  private Set<ModulePath> shared() {
    var seen = new LinkedHashSet<ModulePath>();
    var shared = new LinkedHashSet<ModulePath>();
    for (Upstream upstream : upstreams) {
      upstream.recent().stream().filter(path -> !seen.add(path)).forEach(shared::add);
    }
    return shared;
  }

  private static List<ModulePath> modules(Upstream upstream, Set<ModulePath> shared) {
    List<ModulePath> recent = upstream.recent().reversed();
    List<ModulePath> comparable = shared.stream().filter(recent::contains).limit(MODULES).toList();
    if (!comparable.isEmpty()) {
      return comparable;
    }
    return recent.isEmpty() ? List.of(PUBLIC) : List.of(recent.getFirst());
  }

  private static Said ask(Upstream upstream, List<ModulePath> modules) throws InterruptedException {
    Map<ModulePath, Version> latest = new LinkedHashMap<>();
    Duration took = Duration.ZERO;
    for (ModulePath module : modules) {
      long start = System.nanoTime();
      try {
        Optional<Version> version = upstream.latest(module);
        version.ifPresent(v -> latest.put(module, v));
      } catch (UpstreamFailedException e) {
        return new Said(upstream, since(start), e.sentence(), latest);
      }
      took = took.compareTo(since(start)) > 0 ? took : since(start);
    }
    return new Said(upstream, took, "", latest);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
