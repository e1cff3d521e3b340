package dev.modgate.testsupport;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.Latest;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.gomod.proxy.ProxyRequest;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.gomod.semver.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A GOPROXY on a loopback port that serves [SyntheticModule]s, and a module cache's
/// `cache/download` folder, and misbehaves on request. What it does not have is 404.
///
/// Safe for use by many threads; faults may change while it serves.
public final class FakeUpstream implements AutoCloseable {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<ModulePath, List<Version>> versions = new ConcurrentHashMap<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Map<String, FakeSumDb> databases = new ConcurrentHashMap<>();
  private volatile Function<String, Optional<Fault>> chance = path -> Optional.empty();
  private volatile Optional<Path> folder = Optional.empty();
  private volatile Optional<String> authorization = Optional.empty();
  private volatile boolean ranges;
  private final RawHttpServer server;
  private final String scheme;

  private record Rule(Pattern paths, AtomicInteger left, Fault fault) {}

  /// One request that came.
  ///
  /// @param path percent-decoded, without a leading slash
  /// @param headers names in lower case
  public record Seen(String method, String path, Map<String, String> headers) {}

  private FakeUpstream(@Nullable SSLContext tls, boolean wantsClient) throws IOException {
    this.scheme = tls == null ? "http" : "https";
    this.server = new RawHttpServer(this::answer, tls, wantsClient);
  }

  public static FakeUpstream start() {
    return start(null, false);
  }

  /// Over TLS.
  ///
  /// @param wantsClient whether only clients with a certificate are let in
  public static FakeUpstream start(@Nullable SSLContext tls, boolean wantsClient) {
    try {
      return new FakeUpstream(tls, wantsClient);
    } catch (IOException e) {
      throw new UncheckedIOException("no loopback port", e);
    }
  }

  public static FakeUpstream serving(SyntheticModule... modules) {
    return start().add(modules);
  }

  /// Also serves `.info`, `.mod`, `.zip` and the lists below this folder, which may be the
  /// `cache/download` of a real module cache.
  public FakeUpstream addFolder(Path cacheDownload) {
    folder = Optional.of(cacheDownload);
    return this;
  }

  public FakeUpstream add(SyntheticModule... modules) {
    for (SyntheticModule m : modules) {
      files.put(ProxyPath.info(m.module()), m.info());
      files.put(ProxyPath.mod(m.module()), m.mod());
      files.put(ProxyPath.zip(m.module()), m.zip());
      versions
          .computeIfAbsent(m.module().path(), p -> new CopyOnWriteArrayList<>())
          .add(m.module().version());
    }
    return this;
  }

  /// Also serves this checksum database, below `sumdb/<name>/`.
  public FakeUpstream serve(FakeSumDb database) {
    databases.put("sumdb/" + database.name() + "/", database);
    return this;
  }

  /// From now on, answers to paths that this regular expression finds something in go wrong so. The
  /// newest fault that fits counts.
  public FakeUpstream fault(String paths, Fault fault) {
    return fault(paths, Integer.MAX_VALUE, fault);
  }

  /// @param times how many answers go wrong, before all is well again
  public FakeUpstream fault(String paths, int times, Fault fault) {
    rules.addFirst(new Rule(Pattern.compile(paths), new AtomicInteger(times), fault));
    return this;
  }

  /// From now on, this says for each path whether its answer goes wrong, where no other fault fits.
  public FakeUpstream fault(Function<String, Optional<Fault>> decision) {
    chance = decision;
    return this;
  }

  /// All faults end, and it is up.
  public FakeUpstream heal() {
    rules.clear();
    chance = path -> Optional.empty();
    return up();
  }

  /// From now on, files have entity tags, and the rest of one can be had by `Range`.
  public FakeUpstream withRanges() {
    ranges = true;
    return this;
  }

  /// 401 to everybody else.
  public FakeUpstream requireCredentials(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    authorization = Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    return this;
  }

  /// Refuses connections, and cuts those that are open.
  public FakeUpstream down() {
    server.down();
    return this;
  }

  /// Listens again, at the same port.
  public FakeUpstream up() {
    try {
      server.up();
    } catch (IOException e) {
      throw new UncheckedIOException("port " + server.port() + " is taken by now", e);
    }
    return this;
  }

  /// Such as `http://127.0.0.1:40123`.
  public String goproxyUrl() {
    return scheme + "://127.0.0.1:" + server.port();
  }

  public String goproxyUrl(String user, String password) {
    return scheme + "://" + user + ":" + password + "@127.0.0.1:" + server.port();
  }

  public int port() {
    return server.port();
  }

  /// What clients offered to speak over TLS, such as `h2`. It speaks HTTP/1.1 itself.
  public Set<String> protocols() {
    return server.protocols();
  }

  /// Every request so far, oldest first.
  public List<Seen> requests() {
    return List.copyOf(seen);
  }

  /// How many requests came for this [ProxyPath].
  public int count(String path) {
    return (int) seen.stream().filter(s -> s.path().equals(path)).count();
  }

  public int count() {
    return seen.size();
  }

  @Override
  public void close() {
    server.close();
  }

  private RawHttpServer.Answer answer(Seen request) {
    seen.add(request);
    Optional<String> wanted = authorization;
    if (wanted.isPresent() && !wanted.get().equals(request.headers().get("authorization"))) {
      return RawHttpServer.Answer.of(Fault.status(401, "who are you?\n"));
    }
    Optional<Fault> fault = fault(request.path());
    if (fault.isEmpty() && request.path().startsWith("sumdb/")) {
      return sumDbAnswer(request.path());
    }
    Optional<byte[]> body = body(request.path());
    return new RawHttpServer.Answer(body, contentType(request.path()), fault, ranges);
  }

  private RawHttpServer.Answer sumDbAnswer(String path) {
    return databases.entrySet().stream()
        .filter(e -> path.startsWith(e.getKey()))
        .map(e -> e.getValue().answer(path.substring(e.getKey().length())))
        .findFirst()
        .orElseGet(
            () -> new RawHttpServer.Answer(Optional.empty(), "text/plain", Optional.empty()));
  }

  private Optional<Fault> fault(String path) {
    for (Rule rule : rules) {
      if (rule.paths().matcher(path).find() && rule.left().getAndDecrement() > 0) {
        return Optional.of(rule.fault());
      }
    }
    return chance.apply(path);
  }

  private Optional<byte[]> body(String path) {
    return Optional.ofNullable(files.get(path)).or(() -> index(path)).or(() -> fromFolder(path));
  }

  private Optional<byte[]> index(String path) {
    return switch (ProxyPath.parse(path).orElse(null)) {
      case ProxyRequest.VersionList(var module) when versions.containsKey(module) ->
          Optional.of(VersionListFile.format(versionsOf(module)));
      case ProxyRequest.Latest(var module) when versions.containsKey(module) ->
          Latest.of(versionsOf(module))
              .map(v -> new ModuleVersion(module, v))
              .map(latest -> files.get(ProxyPath.info(latest)));
      case null, default -> Optional.empty();
    };
  }

  private Collection<Version> versionsOf(ModulePath module) {
    return versions.getOrDefault(module, List.of());
  }

  private Optional<byte[]> fromFolder(String path) {
    if (ProxyPath.parse(path).isEmpty()) {
      return Optional.empty(); // so no path leaves the folder
    }
    return folder.map(f -> f.resolve(path)).filter(Files::isRegularFile).map(FakeUpstream::read);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static String contentType(String path) {
    return Stream.of(".info", "@latest").anyMatch(path::endsWith)
        ? "application/json"
        : path.endsWith(".zip") ? "application/zip" : "text/plain; charset=utf-8";
  }
}
