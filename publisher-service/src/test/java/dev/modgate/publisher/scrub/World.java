package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ScrubState;
import dev.modgate.pipeline.zone.ScrubState.Finding;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.publisher.Outer;
import dev.modgate.publisher.PublishWork;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A zone store with what a publisher has put there, and a scrub over it, two hours later.
final class World {
  static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(2));

  final Outer outer = Outer.empty();
  final MemoryObjectStore zone = new MemoryObjectStore();
  final MemoryObjectStore replica = new MemoryObjectStore();
  final PublishWork publish = publisher(outer.blobs());
  final List<ModuleDeferred> asked = new ArrayList<>();
  final List<ScrubState> told = new ArrayList<>();
  final EvidenceCheck evidence = new EvidenceCheck(Outer.PINNED);

  final Inspection inspection = inspection(zone);

  Inspection inspection(ObjectStore seen) {
    return inspection(seen, evidence);
  }

  Inspection inspection(ObjectStore seen, EvidenceCheck believed) {
    return new Inspection(
        seen,
        believed,
        new Healer(
            new SetAside(seen),
            publish,
            new ReplicaSupplies(outer.blobs(), List.of(new Replica("b", replica)), evidence),
            asked::add),
        new Hashing(new Pace(1L << 40)),
        Optional.empty(),
        LATER);
  }

  Scrubber scrubber(ObjectStore seen, String name, InstantSource clock) {
    return new Scrubber(
        seen, inspection(seen), new Pace(1L << 40), Duration.ofDays(1), name, told::add, clock);
  }

  private PublishWork publisher(BlobStore blobs) {
    return new PublishWork(
        blobs, zone, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
  }

  World with(Want want, SyntheticModule... modules) throws Exception {
    for (SyntheticModule module : modules) {
      if (!(publish.process(outer.verified(module, want)).getFirst() instanceof ModulePublished)) {
        throw new IllegalStateException(module.module() + " was not published");
      }
    }
    return this;
  }

  /// What one walk over everything finds.
  List<Finding> scrub() throws Exception {
    return scrub(inspection);
  }

  List<Finding> scrub(Inspection inspection) throws Exception {
    inspection.begin();
    var found = new ArrayList<Finding>();
    for (Iterator<ObjectKey> keys = zone.keys(Optional.empty()); keys.hasNext(); ) {
      found.addAll(inspection.look(keys.next()).findings());
    }
    return found;
  }

  static void set(ObjectStore store, ObjectKey key, byte[] bytes) throws IOException {
    store.delete(key);
    store.compareAndSwap(key, Optional.empty(), bytes);
  }

  List<ObjectKey> keysBelow(String prefix) throws IOException {
    try (var all = zone.list(prefix)) {
      return all.map(ObjectStat::key).toList();
    }
  }

  void forgetBlobs() throws IOException {
    try (var all = outer.objects().list("blobs")) {
      for (var stat : all.toList()) {
        outer.objects().delete(stat.key());
      }
    }
  }

  static byte[] read(ObjectStore store, ObjectKey key) throws IOException {
    try (ObjectReader reader = store.open(key).orElseThrow()) {
      return reader.readAll(Integer.MAX_VALUE);
    }
  }

  /// All that is served or said about it, without what the scrub keeps.
  static Map<String, Integer> contents(ObjectStore store) throws IOException {
    var contents = new TreeMap<String, Integer>();
    for (Iterator<ObjectKey> keys = store.keys(Optional.empty()); keys.hasNext(); ) {
      ObjectKey key = keys.next();
      if (!key.value().startsWith("_modgate/aside/") && !key.equals(ZoneLayout.scrub())) {
        contents.put(key.value(), java.util.Arrays.hashCode(read(store, key)));
      }
    }
    return contents;
  }

  static byte[] flipped(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length / 2] ^= 1;
    return other;
  }

  static Instant now() {
    return LATER.instant();
  }
}
