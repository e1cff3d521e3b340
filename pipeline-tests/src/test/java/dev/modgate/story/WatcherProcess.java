package dev.modgate.story;

import dev.modgate.watcher.WatcherApplication;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A watcher as a process of its own, that can be killed and started again on the same data.
final class WatcherProcess implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> environment;
  private final WatcherApi api;
  private JavaProcess process;

  private WatcherProcess(Path folder, Map<String, String> environment, WatcherApi api) {
    this.folder = folder;
    this.environment = environment;
    this.api = api;
    this.process = run(folder, environment);
  }

  /// Nobody has to answer its requests.
  static WatcherProcess start(Path folder, String bootstrapServers) throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var watcher =
        new WatcherProcess(
            folder,
            Map.of(
                "MODGATE_KAFKA_BOOTSTRAPSERVERS",
                bootstrapServers,
                "MODGATE_WATCHER_PORT",
                String.valueOf(port),
                "MODGATE_WATCHER_DATABASE_URL",
                "jdbc:h2:file:" + folder.resolve("database") + ";WRITE_DELAY=0",
                "MODGATE_WATCHER_REQUESTS_MOSTUNANSWERED",
                "1000000"),
            new WatcherApi("http://127.0.0.1:" + port));
    watcher.awaitReady();
    return watcher;
  }

  private static JavaProcess run(Path folder, Map<String, String> environment) {
    return JavaProcess.main(WatcherApplication.class, folder, environment, List.of());
  }

  WatcherApi api() {
    return api;
  }

  /// `kill -9`.
  void kill() throws InterruptedException {
    process.kill();
  }

  /// Returns when it is ready.
  void startAgain() throws InterruptedException {
    process = run(folder, environment);
    awaitReady();
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + Site.LIMIT.toNanos();
    while (!api.isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("the watcher is not ready:\n" + process.output());
      }
      Thread.sleep(50);
    }
  }

  @Override
  public void close() {
    process.close();
    api.close();
  }
}
