package dev.modgate.watcher.poll;

import dev.modgate.watcher.git.RemoteRefs;
import dev.modgate.watcher.git.wire.UnreachableException;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Refs of repositories, whose hosts may be away.
final class FakeRefs implements RemoteRefs {
  private final Map<String, SortedMap<String, String>> refs = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private boolean away;
  private boolean refusing;
  private volatile boolean hanging;

  void put(String repository, String ref, String commit) {
    refs.computeIfAbsent(repository, _ -> new TreeMap<>()).put(ref, commit);
  }

  void remove(String repository, String ref) {
    refs.computeIfAbsent(repository, _ -> new TreeMap<>()).remove(ref);
  }

  /// No host answers.
  void beAway(boolean now) {
    away = now;
  }

  /// Hosts answer, and refuse.
  void refuse(boolean now) {
    refusing = now;
  }

  /// Hosts say nothing, until who asks is interrupted.
  void hang() {
    hanging = true;
  }

  /// The repositories that were asked for since the last call, in order.
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  @Override
  public SortedMap<String, String> list(Source source, Repository repository) throws IOException {
    asked.add(repository.name());
    if (hanging) {
      throw waitUntilInterrupted();
    }
    if (away) {
      throw new UnreachableException(repository.name() + " can't be reached");
    }
    if (refusing) {
      throw new IOException(repository.name() + " answers 401");
    }
    return new TreeMap<>(refs.getOrDefault(repository.name(), new TreeMap<>()));
  }

  private static InterruptedIOException waitUntilInterrupted() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new InterruptedIOException("the watcher stops");
  }
}
