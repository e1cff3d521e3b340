package dev.modgate.publisher.scrub;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.EventSender;
import dev.modgate.pipeline.stage.StageCommand;
import dev.modgate.pipeline.stage.StageWork;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ScrubState;
import dev.modgate.publisher.sumdb.DatabaseScrub;
import dev.modgate.publisher.sumdb.DatabaseTruth;
import dev.modgate.publisher.sumdb.Mending;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a publisher does beside publishing, to keep what is inside whole: the scrub, the
/// replicas, and telling again what is inside.
public final class Upkeep implements AutoCloseable {
  private final Scrubber scrubber;
  private final List<Replicator> replicators;
  private final Retelling retelling;

  /// What it works on.
  ///
  /// @param replicas by name
  /// @param database the checksum database inside; empty where there is none
  public record Stores(
      BlobStore blobs,
      ObjectStore zone,
      Map<String, ObjectStore> replicas,
      Optional<Database> database) {
    public Stores {
      replicas = Map.copyOf(replicas);
    }
  }

  /// A checksum database.
  ///
  /// @param key of it: no other is believed
  /// @param trust the outer store, of which `trust/` is used; durable
  public record Database(VerifierKey key, ObjectStore trust) {
    private DatabaseTruth truth(ObjectStore zone, List<Replica> replicas) {
      List<ObjectSource> stores = replicas.stream().<ObjectSource>map(Replica::store).toList();
      return new DatabaseTruth(key, zone, trust, stores);
    }
  }

  /// @param every how long after a pass the next one begins
  /// @param bytesPerSecond that are hashed where nobody waits for it
  public record Rhythm(Duration every, long bytesPerSecond) {}

  /// @param publish what publishes, for repairs
  /// @param verifiers whose verdicts are believed
  /// @param instance tells two publishers apart
  public Upkeep(
      Stores stores,
      Rhythm rhythm,
      StageWork<ModuleVerified> publish,
      List<VerifierKey> verifiers,
      String instance,
      EventSender sender) {
    InstantSource clock = InstantSource.system();
    var evidence = new EvidenceCheck(verifiers);
    ObjectStore zone = stores.zone();
    List<Replica> replicas =
        stores.replicas().entrySet().stream()
            .map(each -> new Replica(each.getKey(), each.getValue()))
            .toList();
    this.replicators =
        replicas.stream()
            .map(replica -> {
              var hashing = new Hashing(new Pace(rhythm.bytesPerSecond()));
              var copy =
                  new ReplicaCopy(
                      zone,
                      replica.store(),
                      evidence,
                      hashing,
                      stores.database().map(each -> each.truth(zone, List.of())));
              return new Replicator(zone, replica, copy, rhythm.every(), clock);
            })
            .toList();
    var supplies = new ReplicaSupplies(stores.blobs(), replicas, evidence);
    var aside = new SetAside(zone);
    var healer = new Healer(aside, publish, supplies, sender::send);
    var pace = new Pace(rhythm.bytesPerSecond());
    Optional<DatabaseScrub> database =
        stores
            .database()
            .map(each ->
                new DatabaseScrub(
                    each.truth(zone, replicas),
                    new Mending(zone, each.trust(), aside::keep, clock)));
    var inspection = new Inspection(zone, evidence, healer, new Hashing(pace), database, clock);
    this.scrubber =
        new Scrubber(
            zone,
            inspection,
            pace,
            rhythm.every(),
            instance,
            state -> sender.tell(ScrubState.STATUS_KEY, state.toJson()),
            clock);
    this.retelling =
        new Retelling(
            zone,
            evidence,
            (module, want, told) ->
                sender.send(
                    new ModulePublished(
                        new RequestId("rebuild", 1), module, want, told, clock.instant())));
  }

  public void start() {
    scrubber.start();
    replicators.forEach(Replicator::start);
    retelling.start();
  }

  /// Returns at once.
  public void command(StageCommand command) {
    switch (command.order()) {
      case SCRUB -> {
        scrubber.now(command.at());
        replicators.forEach(Replicator::now);
      }
      case REBUILD -> retelling.now();
      case PROBE, RESUME -> {
        // for others
      }
    }
  }

  /// The work, with what must be told of it.
  public StageWork<ModuleVerified> telling(StageWork<ModuleVerified> work) {
    return replicators.isEmpty()
        ? work
        : new Replicating(work, () -> replicators.forEach(Replicator::published));
  }

  public List<DependencyStatus> statuses() {
    return replicators.stream().map(Replicator::status).toList();
  }

  @Override
  public void close() {
    scrubber.close();
    replicators.forEach(Replicator::close);
    retelling.close();
  }
}
