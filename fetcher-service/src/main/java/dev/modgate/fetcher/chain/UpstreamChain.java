package dev.modgate.fetcher.chain;

import dev.modgate.fetcher.http.Sources;
import dev.modgate.fetcher.source.Miss;
import dev.modgate.fetcher.upstream.StoreFailedException;
import dev.modgate.fetcher.upstream.Upstream;
import dev.modgate.fetcher.upstream.UpstreamLimits;
import dev.modgate.fetcher.upstream.UpstreamStatus;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The upstreams in their order. Safe for use by many threads.
public final class UpstreamChain implements AutoCloseable {
  private final List<Upstream> upstreams;
  private final List<Place> places;
  private final Probes probes;
  private final Sources sources;

  /// What came of walking the chain.
  public sealed interface Outcome {
    /// @param from the name of the upstream that gave each file, without credentials
    /// @param misses of upstreams that were asked for a file in vain
    /// @param untried for each file the names of upstreams that were not asked for it, now or
    ///   before
    record Found(
        Map<Files.Kind, String> from,
        Files files,
        List<Miss> misses,
        Map<Files.Kind, List<String>> untried)
        implements Outcome {
      public Found {
        from = Map.copyOf(from);
        misses = List.copyOf(misses);
        untried = Map.copyOf(untried);
      }
    }

    /// @param misses of one file: one for each upstream that was reached, in order; at least one
    record NotHad(List<Miss> misses) implements Outcome {
      public NotHad {
        misses = List.copyOf(misses);
      }
    }

    /// Nothing can be had by any item until an upstream works again.
    ///
    /// @param sentence names each upstream, its state and its last error
    /// @param retryAfter until a breaker lets something through
    /// @param tried whether an upstream was reached and asked for this item, in vain
    record AllDown(String sentence, Duration retryAfter, boolean tried) implements Outcome {}
  }

  /// @param entries at least one
  /// @param groups without a fault
  public UpstreamChain(
      List<ProxyList.Upstream> entries,
      ChainPolicy policy,
      Groups groups,
      BlobStore blobs,
      Clock clock) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("no upstream to fetch from");
    }
    this.sources = new Sources(entries, policy.http(), clock);
    this.upstreams = entries.stream().map(e -> upstream(e, policy.of(e), blobs, clock)).toList();
    this.places = groups.places(upstreams);
    this.probes = new Probes(upstreams, clock);
  }

  private Upstream upstream(
      ProxyList.Upstream entry, UpstreamLimits limits, BlobStore blobs, Clock clock) {
    return new Upstream(
        entry, sources.of(entry, limits.times()), blobs, limits.resilience(), clock);
  }

  /// Asks one upstream after another for each file, as the package says.
  ///
  /// @param refusals whose bytes for which files are asked for last
  public Outcome fetch(ModuleVersion module, Want want, List<Refusal> refusals)
      throws StoreFailedException, InterruptedException {
    if (upstreams.stream().allMatch(u -> u.isForOthersToTry(module))) {
      return allDown(List.of());
    }
    return switch (new VersionFetch(turns(), module, want, refusals).run()) {
      case VersionFetch.Outcome.Found(var found) -> found;
      case VersionFetch.Outcome.NotHad(var misses, var allShut) ->
          allShut ? allDown(misses) : new Outcome.NotHad(misses);
    };
  }

  /// The same for all files of a version.
  private List<Place.Turn> turns() {
    return places.stream().flatMap(place -> place.turns().stream()).toList();
  }

  private Outcome allDown(List<Miss> misses) {
    var sentences = new ArrayList<String>();
    Optional<Duration> wait = Optional.empty();
    for (Upstream upstream : upstreams) {
      UpstreamStatus status = upstream.status();
      sentences.add(status.name() + " (" + status.sentence() + ")");
      if (status.shut() && wait.map(w -> upstream.openFor().compareTo(w) < 0).orElse(true)) {
        wait = Optional.of(upstream.openFor());
      }
    }
    return new Outcome.AllDown(
        "no upstream works: " + String.join("; ", sentences),
        wait.orElse(Duration.ofSeconds(1)),
        misses.stream().anyMatch(m -> m.kind() == Miss.Kind.FAILED));
  }

  /// Asks each for the latest version of a few modules that it gave files of lately, and for each
  /// that gave none, of a public one. What came of it is in the [#status].
  public void probe() throws InterruptedException {
    probes.run();
  }

  /// In the order of the chain.
  public List<UpstreamStatus> status() {
    return upstreams.stream().map(Upstream::status).toList();
  }

  /// Ends what is under way.
  @Override
  public void close() {
    sources.close();
  }
}
