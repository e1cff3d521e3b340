package dev.modgate.story;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.json.JsonMapper;

/// Asks a watcher for one go.sum after another, each until the watcher takes it.
final class Pushes implements AutoCloseable {
  private final WatcherApi api;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

  Pushes(String api) {
    this.api = new WatcherApi(api);
  }

  void start() {
    thread.start();
  }

  /// Returns at once.
  void add(String goSum) {
    waiting.add(
        JsonMapper.shared()
            .writeValueAsString(Map.of("goSum", Map.of("name", "go.sum", "text", goSum))));
  }

  private void run() {
    try {
      while (true) {
        String sync = waiting.take();
        while (!isTaken(sync)) {
          Thread.sleep(500);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private boolean isTaken(String sync) throws InterruptedException {
    try {
      int status = api.postJson("/api/v1/syncs", sync).statusCode();
      if (status / 100 == 4) {
        throw new IllegalStateException("the watcher answers " + status);
      }
      return status == 201;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    api.close();
  }
}
