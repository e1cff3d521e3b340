package dev.modgate.fetcher;

import dev.modgate.fetcher.chain.ChainPolicy;
import dev.modgate.fetcher.chain.Groups;
import dev.modgate.fetcher.chain.UpstreamChain;
import dev.modgate.fetcher.http.HttpPolicy;
import dev.modgate.fetcher.http.TimeLimits;
import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.upstream.UpstreamLimits;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.start.connect.Reach;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A fetcher without Kafka and with short waits between tries. Its limits are longer than anything
/// takes on a busy machine: what measures a limit sets it.
final class TestFetcher implements AutoCloseable {
  static final TimeLimits HTTP = http(Duration.ofSeconds(30), Duration.ofSeconds(30));

  /// For upstreams that stall or keep silent.
  static final TimeLimits IMPATIENT = http(Duration.ofSeconds(2), Duration.ofMillis(300));

  /// The breaker judges only after more calls than most tests make.
  static final ResiliencePolicy RESILIENCE = resilience(50);

  final BlobStore blobs;
  final UpstreamChain chain;
  final FetchWork work;

  TestFetcher(String goproxy) {
    this(goproxy, new MemoryObjectStore(), HTTP, RESILIENCE);
  }

  TestFetcher(String goproxy, ObjectStore objects, TimeLimits times, ResiliencePolicy resilience) {
    this(goproxy, Groups.NONE, objects, times, resilience);
  }

  TestFetcher(
      String goproxy,
      Groups groups,
      ObjectStore objects,
      TimeLimits times,
      ResiliencePolicy resilience) {
    this(goproxy, groups, objects, policy(times, resilience, Reach.PLAIN));
  }

  TestFetcher(String goproxy, Groups groups, ObjectStore objects, ChainPolicy policy) {
    this.blobs = new BlobStore(objects);
    List<ProxyList.Upstream> upstreams =
        ProxyList.parse(goproxy).stream()
            .filter(ProxyList.Upstream.class::isInstance)
            .map(ProxyList.Upstream.class::cast)
            .toList();
    this.chain = new UpstreamChain(upstreams, policy, groups, blobs, Clock.systemUTC());
    this.work = new FetchWork(chain, "blob store \"test\"", Clock.systemUTC());
  }

  static ChainPolicy policy(TimeLimits times, ResiliencePolicy resilience, Reach reach) {
    return new ChainPolicy(
        new HttpPolicy(Set.of(), false, "modgate/test", reach),
        new UpstreamLimits(times, resilience),
        Map.of());
  }

  static TimeLimits http(Duration headerTimeout, Duration idleTimeout) {
    return new TimeLimits(Duration.ofSeconds(30), headerTimeout, idleTimeout, 1);
  }

  static ResiliencePolicy resilience(int minCalls) {
    return resilience(minCalls, Duration.ofMillis(5));
  }

  static ResiliencePolicy resilience(int minCalls, Duration firstWait) {
    return new ResiliencePolicy(
        new ResiliencePolicy.Trying(
            3, firstWait, firstWait.multipliedBy(4), Duration.ofSeconds(2), Duration.ofMinutes(1)),
        new ResiliencePolicy.Load(16, 0),
        opening(minCalls),
        Duration.ZERO);
  }

  static ResiliencePolicy.Opening opening(int minCalls) {
    return new ResiliencePolicy.Opening(
        ResiliencePolicy.By.CALLS,
        Math.max(20, minCalls),
        minCalls,
        50,
        Duration.ofMinutes(1),
        100,
        Duration.ofMillis(200),
        3);
  }

  static ModuleRequested request(ModuleVersion module, Want want) {
    return new ModuleRequested(
        new RequestId("r1", 1), module, want, List.of(new Origin("sync-1", List.of())), 1);
  }

  ModuleEvent fetch(ModuleVersion module, Want want) {
    return fetch(request(module, want));
  }

  /// The only event that comes of it; a deferral is followed through as the stage would.
  ModuleEvent fetch(ModuleRequested request) {
    try {
      return work.process(request).getFirst();
    } catch (NotNowException e) {
      return work.deferred(request, e.reason(), e.sentence()).getFirst();
    } catch (DependencyDownException e) {
      throw new AssertionError("it would pause: " + e.reason(), e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  byte[] bytes(BlobRef ref) throws IOException {
    try (var reader = blobs.open(ref).orElseThrow()) {
      return reader.readAll(Integer.MAX_VALUE);
    }
  }

  @Override
  public void close() {
    chain.close();
  }
}
