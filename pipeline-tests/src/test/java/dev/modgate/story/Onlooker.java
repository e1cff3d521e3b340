package dev.modgate.story;

import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads what is inside over and over, as the zone would, and remembers each half version that it
/// sees: one that is listed, and not whole.
final class Onlooker implements AutoCloseable {
  private final Path inner;
  private final Map<String, SyntheticModule> modules;
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::look);
  private volatile boolean closed;
  private long looks;

  Onlooker(Path inner, List<SyntheticModule> modules) {
    this.inner = inner;
    this.modules =
        modules.stream().collect(Collectors.toMap(m -> m.module().toString(), Function.identity()));
  }

  void start() {
    thread.start();
  }

  List<String> halves() {
    return List.copyOf(seen);
  }

  long looks() {
    return looks;
  }

  private void look() {
    var paths = modules.values().stream().map(m -> m.module().path()).distinct().toList();
    while (!closed) {
      for (var path : paths) {
        try {
          for (String version : Files.readAllLines(inner.resolve(ProxyPath.list(path)))) {
            whole(path + "@" + version);
            looks++;
          }
        } catch (IOException e) {
          // not there yet, or the store is away
        }
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void whole(String name) throws IOException {
    SyntheticModule module = modules.get(name);
    if (module == null) {
      seen.add(name + " was asked for by nobody");
      return;
    }
    same(name, ProxyPath.zip(module.module()), module.zip());
    same(name, ProxyPath.mod(module.module()), module.mod());
    same(name, ProxyPath.info(module.module()), module.info());
  }

  private void same(String name, String file, byte[] wanted) throws IOException {
    try {
      if (!Arrays.equals(Files.readAllBytes(inner.resolve(file)), wanted)) {
        seen.add(name + ": " + file + " has other bytes");
      }
    } catch (NoSuchFileException e) {
      if (Files.isDirectory(inner.resolve("_modgate"))) { // else the store was taken away just now
        seen.add(name + ": " + file + " is not there");
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
