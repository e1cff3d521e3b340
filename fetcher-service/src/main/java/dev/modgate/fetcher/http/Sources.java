package dev.modgate.fetcher.http;

import dev.modgate.fetcher.source.FileSource;
import dev.modgate.fetcher.source.Source;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.start.connect.Reach;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Makes the sources of a chain, and keeps what they share. Not for use by several threads; the
/// sources are.
public final class Sources implements AutoCloseable {
  private final HttpPolicy policy;
  private final Redirects redirects;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final IdleGuard guard = new IdleGuard(Duration.ofMinutes(1));

  /// By what a client has for itself.
  private final Map<Duration, Reach.Clients> clients = new HashMap<>();

  /// @param chain all upstreams: one may redirect to another
  public Sources(List<ProxyList.Upstream> chain, HttpPolicy policy, Clock clock) {
    this.policy = policy;
    this.redirects = Redirects.of(chain, policy, Addresses.ofThisMachine());
    this.clock = clock;
  }

  public Source of(ProxyList.Upstream entry, TimeLimits limits) {
    return entry.uri().getScheme().equals("file")
        ? new FileSource(Path.of(entry.uri()))
        : new HttpSource(
            entry,
            limits,
            clients.computeIfAbsent(limits.connect(), this::clients),
            policy,
            redirects,
            new HttpAnswers(guard, limits, clock));
  }

  private Reach.Clients clients(Duration connectTimeout) {
    return policy
        .reach()
        .clients(
            HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads));
  }

  /// Ends what is under way.
  @Override
  public void close() {
    clients.values().forEach(Reach.Clients::close);
    guard.close();
    threads.shutdownNow();
  }
}
