package dev.modgate.watcher.run;

import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.want.CommitFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Repositories in memory.
public final class FakeReader implements CommitReader {
  public final AtomicInteger reads = new AtomicInteger();
  private final Map<String, String> refs = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> commits = new ConcurrentHashMap<>();
  private volatile boolean away;
  private volatile CountDownLatch mayGo = new CountDownLatch(0);

  /// Moves a ref.
  public void push(String ref, String commit, Map<String, String> files) {
    commits.put(commit, files);
    refs.put(ref, commit);
  }

  public void delete(String ref) {
    refs.remove(ref);
  }

  public void away(boolean away) {
    this.away = away;
  }

  /// From now on a reading takes until [#letGo()].
  public void hold() {
    mayGo = new CountDownLatch(1);
  }

  public void letGo() {
    mayGo.countDown();
  }

  @Override
  public CommitFiles read(Source source, Repository repository, Tip tip)
      throws IOException, GoneException {
    reads.incrementAndGet();
    try {
      mayGo.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    if (away) {
      throw new IOException("the host does not answer");
    }
    String commit = tip.commit().orElseGet(() -> refs.getOrDefault(tip.ref(), ""));
    Map<String, String> files = commits.get(commit);
    if (files == null) {
      throw new GoneException("there is no " + tip.ref() + " any more");
    }
    var read = new java.util.TreeMap<String, byte[]>();
    files.forEach((path, text) -> read.put(path, text.getBytes(StandardCharsets.UTF_8)));
    return new CommitFiles(commit, tip.ref(), read);
  }
}
