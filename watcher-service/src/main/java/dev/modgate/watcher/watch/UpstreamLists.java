package dev.modgate.watcher.watch;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.proxy.ProxyList.Next;
import dev.modgate.gomod.proxy.ProxyList.Upstream;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.gomod.semver.Version;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks the upstreams of a GOPROXY list, with that list's rules for when the next one is asked.
final class UpstreamLists implements ModuleLists, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final List<Upstream> upstreams;
  private final Duration timeout;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// @param list in GOPROXY syntax; `direct` is left out
  /// @throws IllegalArgumentException when it is none
  UpstreamLists(String list) {
    this(list, ANSWER);
  }

  /// @param timeout for one answer as a whole
  UpstreamLists(String list, Duration timeout) {
    this.timeout = timeout;
    this.upstreams =
        ProxyList.parse(list).stream()
            .filter(Upstream.class::isInstance)
            .map(Upstream.class::cast)
            .toList();
  }

  @Override
  public SortedSet<Version> versions(ModulePath module) throws IOException {
    Optional<byte[]> list = get(ProxyPath.list(module), VersionListFile.MAX_BYTES);
    if (list.isPresent()) {
      SortedSet<Version> versions = VersionListFile.parse(list.get());
      if (!versions.isEmpty()) {
        return versions;
      }
    }
    Optional<VersionInfo> latest = info(ProxyPath.latest(module));
    return new TreeSet<>(latest.stream().map(VersionInfo::version).toList());
  }

  @Override
  public Optional<Instant> time(ModuleVersion version) throws IOException {
    return info(ProxyPath.info(version)).flatMap(VersionInfo::time);
  }

  private Optional<VersionInfo> info(String path) throws IOException {
    Optional<byte[]> body = get(path, VersionInfo.MAX_BYTES);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(VersionInfo.parse(body.get()));
    } catch (VersionInfoException e) {
      throw new IOException(path + " can't be used: " + e.sentence(), e);
    }
  }

  /// Empty where every upstream says that it is not there.
  private Optional<byte[]> get(String path, int mostBytes) throws IOException {
    IOException failed = null;
    for (Upstream upstream : upstreams) {
      try {
        Optional<byte[]> body = get(upstream, path, mostBytes);
        if (body.isPresent()) {
          return body;
        }
      } catch (IOException e) {
        if (upstream.next() != Next.IF_FAILED) {
          throw e;
        }
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
    return Optional.empty();
  }

  private Optional<byte[]> get(Upstream upstream, String path, int mostBytes) throws IOException {
    URI uri = upstream.resolve(path);
    if ("file".equals(uri.getScheme())) {
      try (InputStream in = Files.newInputStream(Path.of(uri))) {
        return Optional.of(bounded(in, uri, mostBytes));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    upstream
        .credentialsIfAny()
        .ifPresent(credentials -> request.header("Authorization", credentials.basic()));
    return answer(uri, request.build(), mostBytes);
  }

  private Optional<byte[]> answer(URI uri, HttpRequest request, int mostBytes) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> asked = http.sendAsync(request, body(mostBytes));
    try {
      HttpResponse<byte[]> response = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return switch (response.statusCode()) {
        case 200 -> Optional.of(response.body());
        case 404, 410 -> Optional.empty();
        default -> throw new IOException(uri + " answered " + response.statusCode());
      };
    } catch (ExecutionException e) {
      throw new IOException(uri + " can't be read: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(
          uri + " gave no whole answer within " + timeout.toMillis() / 1000.0 + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      asked.cancel(true); // of one that is there it does nothing
    }
  }

  private static BodyHandler<byte[]> body(int mostBytes) {
    return info ->
        info.statusCode() == 200
            ? BodySubscribers.limiting(BodySubscribers.ofByteArray(), mostBytes)
            : BodySubscribers.replacing(new byte[0]);
  }

  private static byte[] bounded(InputStream in, URI uri, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new IOException(uri + " is longer than " + most + " bytes");
    }
    return bytes;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
