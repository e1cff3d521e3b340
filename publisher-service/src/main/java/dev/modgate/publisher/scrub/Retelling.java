package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.StoredEvidence;
import dev.modgate.pipeline.zone.ZoneKey;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says of all that is inside once more that it is published, with its evidence: for a watcher that
/// lost its database. Where the zone store or Kafka fails, it goes on at the same place.
final class Retelling implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Retelling.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final ObjectStore zone;
  private final EvidenceCheck evidence;
  private final Teller teller;
  private final Semaphore asked = new Semaphore(0);
  private final WalkThread thread = new WalkThread("rebuild", this::whenAsked);

  /// Who is told.
  interface Teller {
    void published(ModuleVersion module, Want want, Evidence evidence) throws InterruptedException;
  }

  Retelling(ObjectStore zone, EvidenceCheck evidence, Teller teller) {
    this.zone = zone;
    this.evidence = evidence;
    this.teller = teller;
  }

  void start() {
    thread.start();
  }

  /// Once more, from the beginning; where it is under way, after that.
  void now() {
    asked.release();
  }

  private void whenAsked() throws InterruptedException {
    asked.acquire();
    var _ = asked.drainPermits();
    all();
  }

  private void all() throws InterruptedException {
    Optional<ObjectKey> done = Optional.empty();
    long told = 0;
    while (true) {
      try {
        for (Iterator<ObjectKey> keys = zone.keys(done); keys.hasNext(); ) {
          ObjectKey key = keys.next();
          if (ZoneKey.of(key) instanceof ZoneKey.EvidenceOf(var module, var want)) {
            told += tellIfReadable(module, want) ? 1 : 0;
          }
          done = Optional.of(key);
        }
        log.info("rebuild: told of {} publications", told);
        return;
      } catch (IOException | RuntimeException e) { // of a store that is away, or of Kafka
        log.warn("rebuild waits, next try in {}: {}", RETRY, e.toString());
        Thread.sleep(RETRY);
      }
    }
  }

  private boolean tellIfReadable(ModuleVersion module, Want want)
      throws IOException, InterruptedException {
    try {
      return tell(module, want);
    } catch (IOException e) {
      var _ = zone.stat(ZoneLayout.scrub()); // the whole store is away, else this one
      log.warn("rebuild: nothing is told of {}: {}", module, e.toString());
      return false;
    }
  }

  /// @return false for what is not inside to the end, or can't be believed: the scrub sees to that
  private boolean tell(ModuleVersion module, Want want) throws IOException, InterruptedException {
    StoredEvidence known =
        evidence
            .read(zone, module, _ -> {})
            .map(proven -> proven.evidence().get(want))
            .orElse(null);
    ObjectKey file = want == Want.ZIP ? ZoneLayout.zip(module) : ZoneLayout.mod(module);
    if (known == null || zone.stat(file).isEmpty()) {
      return false;
    }
    teller.published(module, want, known.ofStored());
    return true;
  }

  @Override
  public void close() {
    thread.close();
  }
}
