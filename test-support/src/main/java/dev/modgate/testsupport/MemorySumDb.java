package dev.modgate.testsupport;

import dev.modgate.gomod.sumdb.SumDbOps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The memory of a checksum database's clients, in memory, and a straight line to a [FakeSumDb].
/// Several clients may share one.
public final class MemorySumDb implements SumDbOps {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> cache = new ConcurrentHashMap<>();
  private volatile FakeSumDb database;
  private volatile Runnable beforeReplace = () -> {};
  private volatile boolean keepsTiles = true;
  private @Nullable String head;

  public MemorySumDb(FakeSumDb database) {
    this.database = database;
  }

  /// From now on another one answers at the same address.
  public MemorySumDb switchTo(FakeSumDb other) {
    database = other;
    return this;
  }

  /// From now on no tile is kept, and those that were are gone.
  public MemorySumDb forgetTiles() {
    keepsTiles = false;
    cache.clear();
    return this;
  }

  /// Runs before each attempt to remember a head: somebody else may be faster.
  public MemorySumDb beforeReplace(Runnable other) {
    beforeReplace = other;
    return this;
  }

  /// Every path that was asked for, oldest first.
  public List<String> asked() {
    return asked;
  }

  /// Tiles that are kept, by path. May be changed.
  public Map<String, byte[]> cache() {
    return cache;
  }

  public synchronized void remember(@Nullable String note) {
    head = note;
  }

  @Override
  public Answer readRemote(String path) throws IOException {
    asked.add(path);
    RawHttpServer.Answer answer = database.answer(path);
    if (answer.fault().isPresent()) {
      return faulty(answer.fault().get());
    }
    return answer
        .body()
        .<Answer>map(body -> new Answer.Found(new ByteArrayInputStream(body)))
        .orElseGet(() -> new Answer.Absent("not found: " + path));
  }

  private static Answer faulty(Fault fault) throws IOException {
    return switch (fault) {
      case Fault.Status f when f.status() == 404 || f.status() == 410 ->
          new Answer.Absent(f.body());
      case Fault.Status f -> throw new IOException("status " + f.status());
      case Fault.Replace f ->
          new Answer.Found(new ByteArrayInputStream(f.body().getBytes(StandardCharsets.UTF_8)));
      case Fault.Endless _ -> new Answer.Found(endless());
      default -> throw new IOException("broken off: " + fault);
    };
  }

  private static InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return '7';
      }
    };
  }

  @Override
  public synchronized Optional<String> readHead() {
    return Optional.ofNullable(head);
  }

  @Override
  public boolean replaceHead(@Nullable String expected, String next) {
    beforeReplace.run();
    synchronized (this) {
      if (!Objects.equals(head, expected)) {
        return false;
      }
      head = next;
      return true;
    }
  }

  @Override
  public Optional<byte[]> readCache(String path) {
    return Optional.ofNullable(cache.get(path));
  }

  @Override
  public void writeCache(String path, byte[] bytes) {
    if (keepsTiles) {
      cache.put(path, bytes.clone());
    }
  }
}
