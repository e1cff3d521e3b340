package dev.modgate.story;

import dev.modgate.cli.Main;
import dev.modgate.fetcher.FetcherApplication;
import dev.modgate.gateway.GatewayApplication;
import dev.modgate.publisher.PublisherApplication;
import dev.modgate.start.key.SigningKeyFile;
import dev.modgate.verifier.VerifierApplication;
import dev.modgate.watcher.WatcherApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The five services as five processes around one broker process, each with its settings from the
/// environment and, where the build has made it, from its own jar.
final class Cluster implements AutoCloseable {
  enum Service {
    WATCHER(WatcherApplication.class),
    FETCHER(FetcherApplication.class),
    VERIFIER(VerifierApplication.class),
    PUBLISHER(PublisherApplication.class),
    GATEWAY(GatewayApplication.class);

    private final Class<?> mainClass;

    Service(Class<?> mainClass) {
      this.mainClass = mainClass;
    }
  }

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<Service, JavaProcess> processes = new EnumMap<>(Service.class);
  private final int kafkaPort = freePort();
  private JavaProcess broker;
  private final int watcherPort = freePort();
  private final int gatewayPort = freePort();

  private Cluster(Path folder, String upstream, Map<String, String> more) {
    this.folder = folder;
    environment.put("MODGATE_KAFKA_BOOTSTRAPSERVERS", bootstrapServers());
    environment.put("MODGATE_BLOBSTORE_PATH", folder.resolve("outer").toString());
    environment.put("MODGATE_ZONESTORE_PATH", folder.resolve("inner").toString());
    environment.put("MODGATE_WATCHER_PORT", String.valueOf(watcherPort));
    environment.put(
        "MODGATE_WATCHER_DATABASE_URL",
        "jdbc:h2:file:" + folder.resolve("database") + ";WRITE_DELAY=0");
    environment.put("MODGATE_FETCHER_UPSTREAMS", upstream);
    Path signingKey = folder.resolve("keys").resolve("verifier");
    environment.put("MODGATE_VERIFIER_SIGNINGKEY", signingKey.toString());
    environment.put(
        "MODGATE_PUBLISHER_VERIFIERKEYS",
        new SigningKeyFile(signingKey).create("verifier").verifierKey().toString());
    environment.put("MODGATE_GATEWAY_PORT", String.valueOf(gatewayPort));
    environment.putAll(more);
    broker = newBroker();
  }

  private JavaProcess newBroker() {
    return JavaProcess.main(
        Main.class,
        folder,
        Map.of(),
        List.of("broker", "--data", folder.toString(), "--kafka-port", "" + kafkaPort));
  }

  /// As a machine that lost its power.
  void restartBroker() throws InterruptedException {
    broker.kill();
    broker = newBroker();
  }

  static Cluster start(Path folder, String upstream) throws InterruptedException {
    return start(folder, upstream, Map.of());
  }

  /// @param more settings of all services, as environment variables
  static Cluster start(Path folder, String upstream, Map<String, String> more)
      throws InterruptedException {
    var cluster = new Cluster(folder, upstream, more);
    for (Service service : Service.values()) {
      cluster.start(service);
    }
    cluster.awaitOk(URI.create(cluster.api() + "/readyz"), Service.WATCHER);
    cluster.awaitOk(URI.create(cluster.gateway() + "/healthz"), Service.GATEWAY);
    return cluster;
  }

  void start(Service service) {
    processes.put(service, second(service));
  }

  /// One more of a stage; the caller's to close.
  JavaProcess second(Service service) {
    return jar(service)
        .map(jar -> JavaProcess.jar(jar, folder, environment, List.of()))
        .orElseGet(() -> JavaProcess.main(service.mainClass, folder, environment, List.of()));
  }

  private static java.util.Optional<Path> jar(Service service) {
    String module = service.name().toLowerCase(java.util.Locale.ROOT) + "-service";
    Path target = Path.of("..", module, "target").toAbsolutePath().normalize();
    if (!Files.isDirectory(target)) {
      return java.util.Optional.empty();
    }
    try (var files = Files.list(target)) {
      return files.filter(file -> file.toString().endsWith("-exec.jar")).findFirst();
    } catch (IOException e) {
      return java.util.Optional.empty();
    }
  }

  void kill(Service service) throws InterruptedException {
    process(service).kill();
  }

  JavaProcess process(Service service) {
    JavaProcess process = processes.get(service);
    if (process == null) {
      throw new IllegalStateException(service + " was not started");
    }
    return process;
  }

  /// `modgate sync --server …`, running.
  JavaProcess sync(String what) {
    return JavaProcess.main(Main.class, folder, Map.of(), List.of("sync", "--server", api(), what));
  }

  String bootstrapServers() {
    return "127.0.0.1:" + kafkaPort;
  }

  String api() {
    return "http://127.0.0.1:" + watcherPort;
  }

  String gateway() {
    return "http://127.0.0.1:" + gatewayPort;
  }

  private void awaitOk(URI uri, Service service) throws InterruptedException {
    Instant deadline = Instant.now().plus(Site.LIMIT);
    try (var http = HttpClient.newHttpClient()) {
      while (Instant.now().isBefore(deadline)) {
        try {
          var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
          if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // not yet
        }
        if (!process(service).isAlive()) {
          break;
        }
        Thread.sleep(100);
      }
    }
    throw new AssertionError(service + " is not ready:\n" + process(service).output());
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  @Override
  public void close() {
    processes.values().forEach(JavaProcess::close);
    broker.close();
  }
}
