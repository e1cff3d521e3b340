package dev.modgate.start;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.DependencyStatus.Health;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How a stage finds a store: whether it can write there, and how much room is left.
///
/// Looks at most every 30 s, beside whoever asks, because a store that hangs holds whoever looks at
/// it. A look writes 4 KiB, keeps nothing, and asks the file system for its free space.
public final class StoreHealth {
  private static final Duration EVERY = Duration.ofSeconds(30);

  /// A look that takes longer means a store that hangs.
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /// With less the status is degraded: a large zip and its copy would hardly fit.
  static final long LITTLE_BYTES = 1L << 30;

  /// As which the blob store stands among the dependencies of a stage.
  public static final String BLOB_STORE = "blob store";

  private final String name;
  private final Path folder;
  private final Trial trial;
  private final Clock clock;
  private DependencyStatus known;
  private Instant lookedAt = Instant.MIN;
  private boolean looking;

  /// Writes bytes to the store and takes them back.
  @FunctionalInterface
  interface Trial {
    void write(byte[] bytes) throws IOException;
  }

  /// @param name such as `blob store`
  /// @param folder to ask for free space
  StoreHealth(String name, Path folder, Trial trial, Clock clock) {
    this.name = name;
    this.folder = folder;
    this.trial = trial;
    this.clock = clock;
    this.known = new DependencyStatus(name, Health.UP, "was not looked at yet", clock.instant());
  }

  public static StoreHealth of(BlobFolder folder, BlobStore blobs) {
    Trial trial =
        bytes -> {
          try (BlobStore.Writer out = blobs.newWriter()) {
            out.write(bytes, 0, bytes.length);
          }
        };
    return new StoreHealth(BLOB_STORE, folder.path(), trial, Clock.systemUTC());
  }

  public static StoreHealth of(ZoneFolder folder, ObjectStore zone) {
    Trial trial =
        bytes -> {
          try (ObjectWriter out = zone.newWriter()) {
            out.write(bytes);
          }
        };
    return new StoreHealth("zone store", folder.path(), trial, Clock.systemUTC());
  }

  /// Together with what else a stage depends on. Answers at once.
  public Supplier<List<DependencyStatus>> beside(Supplier<List<DependencyStatus>> others) {
    return () -> Stream.concat(others.get().stream(), Stream.of(status())).toList();
  }

  /// What the last look showed; begins the next where that was long ago.
  public synchronized DependencyStatus status() {
    Instant now = clock.instant();
    if (looking) {
      if (lookedAt.plus(PATIENCE).isBefore(now)) {
        learn(Health.DOWN, where() + " does not answer since " + lookedAt);
      }
    } else if (lookedAt.equals(Instant.MIN) || !lookedAt.plus(EVERY).isAfter(now)) {
      looking = true;
      lookedAt = now;
      Thread.ofPlatform().daemon().name("look at the " + name).start(this::look);
    }
    return known;
  }

  private void look() {
    Health health;
    String sentence;
    try {
      trial.write(new byte[4096]);
      long free = Files.getFileStore(folder).getUsableSpace();
      health = free < LITTLE_BYTES ? Health.DEGRADED : Health.UP;
      sentence = where() + " can be written, " + gigabytes(free) + " free";
    } catch (IOException | RuntimeException e) {
      health = Health.DOWN;
      sentence = where() + " can't be written: " + e.getMessage();
    }
    synchronized (this) {
      looking = false;
      learn(health, sentence);
    }
  }

  private synchronized void learn(Health health, String sentence) {
    Instant since = health == known.health() ? known.since() : clock.instant();
    known = new DependencyStatus(name, health, sentence, since);
  }

  private String where() {
    return Quoted.of(folder.toString());
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
