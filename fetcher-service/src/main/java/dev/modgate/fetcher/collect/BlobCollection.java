package dev.modgate.fetcher.collect;

import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Stream;

/// One pass after the other over the blob store.
public final class BlobCollection {
  private final BlobStore blobs;
  private final Bounds bounds;
  private final Clock clock;

  /// @param maxAge since a blob was kept last
  /// @param maxSize in bytes, of all blobs
  public record Bounds(Duration maxAge, long maxSize) {}

  public BlobCollection(BlobStore blobs, Bounds bounds, Clock clock) {
    this.blobs = blobs;
    this.bounds = bounds;
    this.clock = clock;
  }

  /// What a pass did.
  ///
  /// @param bytes that were forgotten
  /// @param left in bytes
  /// @param cutoff blobs that were kept last before this went
  record Pass(long blobs, long bytes, long left, Instant cutoff) {}

  /// Called at each blob; may wait, so that others get the disk.
  interface Pace {
    void step() throws InterruptedException;
  }

  /// @throws IOException where the store can't be walked now; what was forgotten is forgotten
  Pass pass(Pace pace) throws IOException, InterruptedException {
    var ages = new Ages();
    for (int shard = 0; shard < BlobStore.SHARDS; shard++) {
      each(shard, pace, blob -> ages.count(blob.modified(), blob.size()));
    }
    Instant cutoff = ages.cutoff(clock.instant(), bounds.maxAge(), bounds.maxSize());
    var forgotten = new long[2];
    for (int shard = 0; shard < BlobStore.SHARDS; shard++) {
      each(
          shard,
          pace,
          blob -> {
            if (blob.modified().isBefore(cutoff) && blobs.forget(blob.key(), cutoff)) {
              forgotten[0]++;
              forgotten[1] += blob.size();
            }
          });
    }
    return new Pass(forgotten[0], forgotten[1], ages.bytes() - forgotten[1], cutoff);
  }

  private interface Seen {
    void blob(ObjectStat blob) throws IOException;
  }

  private void each(int shard, Pace pace, Seen seen) throws IOException, InterruptedException {
    try (Stream<ObjectStat> found = blobs.shard(shard)) {
      for (Iterator<ObjectStat> i = found.iterator(); i.hasNext(); ) {
        seen.blob(i.next());
        pace.step();
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
