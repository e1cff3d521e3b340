package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.publisher.scrub.ReplicaCopy.Turn;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one replica the same as the zone store, on a thread of its own: by a walk over everything
/// soon after a publication, at the start, after the replica was away, and from time to time, then
/// by hash too.
final class Replicator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Replicator.class);

  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /// Between two walks, however much is published.
  static final Duration WALK_EVERY = Duration.ofSeconds(30);

  /// In one walk: more is no damage but a mistake.
  private static final int MOST_REMOVED = 20;

  private final ObjectStore zone;
  private final Replica replica;
  private final ReplicaCopy copy;
  private final Duration hashedEvery;
  private final InstantSource clock;
  private final WalkThread thread;
  private volatile boolean behind = true;
  private volatile DependencyStatus status;
  private volatile boolean hash;
  private Instant walked = Instant.MIN;
  private Instant hashed;

  Replicator(
      ObjectStore zone,
      Replica replica,
      ReplicaCopy copy,
      Duration hashedEvery,
      InstantSource clock) {
    this.zone = zone;
    this.replica = replica;
    this.copy = copy;
    this.hashedEvery = hashedEvery;
    this.clock = clock;
    this.hashed = clock.instant();
    this.status = status(DependencyStatus.Health.DEGRADED, "not compared yet");
    this.thread = new WalkThread("replica-" + replica.name(), this::turnAndRest);
  }

  void start() {
    thread.start();
  }

  /// Something was published.
  void published() {
    behind = true;
  }

  /// Compares everything by hash, soon.
  void now() {
    hash = true;
  }

  DependencyStatus status() {
    return status;
  }

  private void turnAndRest() throws InterruptedException {
    Thread.sleep(turn() ? LOOK_EVERY : RETRY);
  }

  /// One look whether there is something to do, and all of it.
  ///
  /// @return false where one of the stores is away
  boolean turn() throws InterruptedException {
    Instant now = clock.instant();
    boolean byHash = hash || !now.isBefore(hashed.plus(hashedEvery));
    boolean soon = behind && !now.isBefore(walked.plus(WALK_EVERY));
    if (!byHash && !soon) {
      return true;
    }
    try {
      walked = now;
      walk(byHash);
      return true;
    } catch (IOException | RuntimeException e) { // of a store that is away, or of a bug of ours
      if (status.health() != DependencyStatus.Health.DOWN) {
        log.warn("replica {} waits, next try in {}: {}", replica.name(), RETRY, e.toString());
        status = status(DependencyStatus.Health.DOWN, e.toString());
      }
      behind = true; // what could not be copied is found by the next walk
      walked = Instant.MIN;
      return false;
    }
  }

  private void walk(boolean byHash) throws IOException, InterruptedException {
    behind = false; // set again by whatever is not taken meanwhile
    hash = hash && !byHash;
    copy.begin();
    long written = 0;
    boolean empty = true;
    for (Turn turn : List.of(Turn.CONTENT, Turn.PROOF, Turn.VISIBILITY)) {
      for (Iterator<ObjectKey> keys = zone.keys(Optional.empty()); keys.hasNext(); ) {
        ObjectKey key = keys.next();
        empty &= Turn.of(key) == Turn.NEVER;
        if (Turn.of(key) == turn && copied(key, byHash)) {
          written++;
        }
      }
    }
    long removed = empty ? 0 : removed(); // a zone store that is not mounted says nothing
    Instant now = clock.instant();
    hashed = byHash ? now : hashed;
    String sentence =
        "the same at "
            + now
            + (byHash ? ", by hash" : "")
            + "; "
            + written
            + " objects written, "
            + removed
            + " removed then";
    if (written + removed > 0 || status.health() == DependencyStatus.Health.DOWN) {
      log.info("replica {}: {}", replica.name(), sentence);
    }
    status = status(DependencyStatus.Health.UP, sentence);
  }

  /// One object that can't be read keeps no other from being copied.
  private boolean copied(ObjectKey key, boolean byHash) throws IOException, InterruptedException {
    try {
      return copy.copy(key, byHash);
    } catch (IOException e) {
      var _ = zone.stat(ZoneLayout.scrub()); // a store is away, else this object
      var _ = replica.store().stat(ZoneLayout.scrub());
      log.warn("replica {}: \"{}\" is not copied: {}", replica.name(), key, e.toString());
      return false;
    }
  }

  private long removed() throws IOException {
    long removed = 0;
    for (Iterator<ObjectKey> keys = replica.store().keys(Optional.empty()); keys.hasNext(); ) {
      if (removed < MOST_REMOVED) {
        removed += copy.remove(keys.next()) ? 1 : 0;
      } else {
        log.warn("replica {} has more that nobody verified; told again later", replica.name());
        break;
      }
    }
    return removed;
  }

  private DependencyStatus status(DependencyStatus.Health health, String sentence) {
    return new DependencyStatus("replica " + replica.name(), health, sentence, clock.instant());
  }

  @Override
  public void close() {
    thread.close();
  }
}
