package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.zone.ZoneKey;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.publisher.sumdb.DatabaseTruth;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes single objects of a replica what they are in the zone store. A module's file is copied
/// only where its bytes are those that a verifier has signed, so that damage does not spread.
final class ReplicaCopy {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ObjectStore zone;
  private final ObjectStore replica;
  private final EvidenceCheck evidence;
  private final Hashing hashing;
  private final SetAside aside;
  private final Optional<DatabaseTruth> database;

  /// @param database the one inside; empty where none is known
  ReplicaCopy(
      ObjectStore zone,
      ObjectStore replica,
      EvidenceCheck evidence,
      Hashing hashing,
      Optional<DatabaseTruth> database) {
    this.database = database;
    this.zone = zone;
    this.replica = replica;
    this.evidence = evidence;
    this.hashing = hashing;
    this.aside = new SetAside(replica);
  }

  /// When an object may appear: what shows a version comes after the version.
  enum Turn {
    CONTENT,
    PROOF,
    VISIBILITY,
    NEVER;

    static Turn of(ObjectKey key) {
      return switch (ZoneKey.of(key)) {
        case ZoneKey.File _, ZoneKey.PinOf _, ZoneKey.EvidenceOf _ -> CONTENT;
        case ZoneKey.Database(_, var path) ->
            path.startsWith("tile/") || path.startsWith("epoch/") ? CONTENT : PROOF;
        case ZoneKey.VersionList _, ZoneKey.Latest _, ZoneKey.RefusalOf _ -> VISIBILITY;
        case ZoneKey.Identity _, ZoneKey.OfTheScrub _, ZoneKey.Foreign _ -> NEVER;
      };
    }
  }

  /// @param byHash whether equal sizes are not enough
  /// @return whether something was written
  /// @throws IOException where one of the stores fails
  boolean copy(ObjectKey key, boolean byHash) throws IOException, InterruptedException {
    return switch (ZoneKey.of(key)) {
      case ZoneKey.File(var module, var kind) -> file(key, module, kind, byHash);
      case ZoneKey.Identity _, ZoneKey.OfTheScrub _, ZoneKey.Foreign _ -> false;
      case ZoneKey.EvidenceOf(var module, var want) ->
          small(key, (_, _) -> isBelieved(module, want));
      case ZoneKey.Database _ -> small(key, (wanted, there) -> isTrue(key, wanted, there));
      case ZoneKey.PinOf _, ZoneKey.VersionList _, ZoneKey.Latest _, ZoneKey.RefusalOf _ ->
          small(key, (_, _) -> true);
    };
  }

  /// Whether bytes are right, asked only where they are not there.
  private interface Believed {
    boolean are(byte[] wanted, Optional<byte[]> there) throws IOException;
  }

  /// A walk over the zone store begins.
  void begin() {
    database.ifPresent(DatabaseTruth::forget);
  }

  private boolean isTrue(ObjectKey key, byte[] wanted, Optional<byte[]> there) throws IOException {
    return database.isEmpty() || database.get().mayBeCopied(key, wanted, there);
  }

  private boolean isBelieved(ModuleVersion module, Want want) throws IOException {
    return evidence
        .read(zone, module, _ -> {})
        .filter(proven -> proven.evidence().containsKey(want))
        .isPresent();
  }

  private boolean small(ObjectKey key, Believed believed) throws IOException {
    byte[] wanted;
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      if (reader == null) {
        return false;
      }
      wanted = reader.readAll(ObjectStore.MAX_SWAPPED);
    }
    Optional<Revision> revision = Optional.empty();
    Optional<byte[]> there = Optional.empty();
    try (ObjectReader reader = replica.open(key).orElse(null)) {
      if (reader != null) {
        revision = Optional.of(reader.stat().revision());
        if (reader.stat().size() <= ObjectStore.MAX_SWAPPED) {
          there = Optional.of(reader.readAll(ObjectStore.MAX_SWAPPED));
        }
      }
    }
    return there.filter(bytes -> Arrays.equals(bytes, wanted)).isEmpty()
        && believed.are(wanted, there)
        && replica.compareAndSwap(key, revision, wanted);
  }

  private boolean file(ObjectKey key, ModuleVersion module, Files.Kind kind, boolean byHash)
      throws IOException, InterruptedException {
    if (!byHash && sizesAgree(key)) {
      return false;
    }
    Optional<Proven> proven = evidence.read(zone, module, _ -> {});
    if (proven.isEmpty() || !proven.get().kinds().contains(kind)) {
      return false; // of no publisher, or of none that has finished
    }
    if (isThere(key, proven.get(), kind, byHash)) {
      return false;
    }
    try (ObjectReader from = zone.open(key).orElse(null)) {
      return from != null // else, and where its bytes are wrong, the scrub sees to that
          && proven.get().mayHave(kind, from.stat().size())
          && put(key, from, proven.get(), kind);
    }
  }

  private boolean sizesAgree(ObjectKey key) throws IOException {
    Optional<ObjectStat> there = replica.stat(key);
    return there.isPresent()
        && zone.stat(key).filter(stat -> stat.size() == there.get().size()).isPresent();
  }

  private boolean isThere(ObjectKey key, Proven proven, Files.Kind kind, boolean byHash)
      throws IOException, InterruptedException {
    Optional<ObjectStat> there = replica.stat(key);
    if (there.isEmpty()) {
      return false;
    }
    if (proven.mayHave(kind, there.get().size())) {
      if (!byHash) {
        return true;
      }
      try (ObjectReader reader = replica.open(key).orElse(null)) {
        if (reader != null && proven.accepts(kind, hashing.of(reader), reader)) {
          return true;
        }
      }
    }
    var _ = aside.take(key, Optional.of(there.get().revision()));
    return false;
  }

  private boolean put(ObjectKey key, ObjectReader from, Proven proven, Files.Kind kind)
      throws IOException {
    MessageDigest digest = Sha256.newDigest();
    long size = 0;
    try (ObjectWriter out = replica.newWriter()) {
      InputStream in = from.stream();
      var buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
        size += n;
      }
      return proven.accepts(kind, new BlobRef(Sha256.from(digest.digest()), size), from)
          && out.putIfAbsent(key);
    }
  }

  /// Removes from the replica what the zone store does not have: a note is deleted, a file set
  /// aside where neither of the two has any evidence of it, believed or not.
  ///
  /// @return whether something was removed
  boolean remove(ObjectKey key) throws IOException {
    if (zone.stat(key).isPresent()) {
      return false;
    }
    return switch (ZoneKey.of(key)) {
      case ZoneKey.RefusalOf _ -> replica.delete(key);
      case ZoneKey.File(var module, _) -> !isKnown(module) && aside.take(key, Optional.empty());
      case ZoneKey.PinOf _,
          ZoneKey.EvidenceOf _,
          ZoneKey.Database _,
          ZoneKey.VersionList _,
          ZoneKey.Latest _,
          ZoneKey.Identity _,
          ZoneKey.OfTheScrub _,
          ZoneKey.Foreign _ ->
          false;
    };
  }

  private boolean isKnown(ModuleVersion module) throws IOException {
    for (ObjectStore store : List.of(zone, replica)) {
      for (Want want : Want.values()) {
        if (store.stat(ZoneLayout.evidence(module, want)).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }
}
