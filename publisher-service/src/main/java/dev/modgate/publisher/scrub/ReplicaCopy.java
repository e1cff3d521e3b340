package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.zone.ZoneKey;
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

  ReplicaCopy(ObjectStore zone, ObjectStore replica, EvidenceCheck evidence, Hashing hashing) {
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
        case ZoneKey.OfTheScrub _, ZoneKey.Foreign _ -> NEVER;
      };
    }
  }

  /// @param byHash whether equal sizes are not enough
  /// @return whether something was written
  /// @throws IOException where one of the stores fails
  boolean copy(ObjectKey key, boolean byHash) throws IOException, InterruptedException {
    return switch (ZoneKey.of(key)) {
      case ZoneKey.File(var module, var kind) -> file(key, module, kind, byHash);
      case ZoneKey.OfTheScrub _, ZoneKey.Foreign _ -> false;
      case ZoneKey.PinOf _,
          ZoneKey.EvidenceOf _,
          ZoneKey.Database _,
          ZoneKey.VersionList _,
          ZoneKey.Latest _,
          ZoneKey.RefusalOf _ ->
          small(key);
    };
  }

  private boolean small(ObjectKey key) throws IOException {
    byte[] wanted;
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      if (reader == null) {
        return false;
      }
      wanted = reader.readAll(ObjectStore.MAX_SWAPPED);
    }
    Optional<Revision> there = Optional.empty();
    try (ObjectReader reader = replica.open(key).orElse(null)) {
      if (reader != null) {
        there = Optional.of(reader.stat().revision());
        if (reader.stat().size() == wanted.length
            && Arrays.equals(reader.readAll(ObjectStore.MAX_SWAPPED), wanted)) {
          return false;
        }
      }
    }
    return replica.compareAndSwap(key, there, wanted);
  }

  private boolean file(ObjectKey key, ModuleVersion module, Files.Kind kind, boolean byHash)
      throws IOException, InterruptedException {
    Optional<Proven> proven = evidence.read(zone, module, _ -> {});
    if (proven.isEmpty() || !proven.get().kinds().contains(kind)) {
      return false; // of no publisher, or of none that has finished
    }
    List<BlobRef> right = proven.get().right(kind);
    if (isThere(key, right, byHash)) {
      return false;
    }
    try (ObjectReader from = zone.open(key).orElse(null)) {
      if (from == null || right.stream().noneMatch(r -> r.size() == from.stat().size())) {
        return false; // the scrub sees to that
      }
      return put(key, from, right);
    }
  }

  private boolean isThere(ObjectKey key, List<BlobRef> right, boolean byHash)
      throws IOException, InterruptedException {
    Optional<ObjectStat> there = replica.stat(key);
    if (there.isEmpty()) {
      return false;
    }
    long size = there.get().size();
    if (right.stream().anyMatch(r -> r.size() == size)) {
      if (!byHash) {
        return true;
      }
      try (ObjectReader reader = replica.open(key).orElse(null)) {
        if (reader != null && right.contains(hashing.of(reader))) {
          return true;
        }
      }
    }
    var _ = aside.take(key);
    return false;
  }

  private boolean put(ObjectKey key, ObjectReader from, List<BlobRef> right) throws IOException {
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
      return right.contains(new BlobRef(Sha256.from(digest.digest()), size))
          && out.putIfAbsent(key);
    }
  }

  /// Removes from the replica what the zone store does not have: a note is deleted, a file without
  /// evidence set aside.
  ///
  /// @return whether something was removed
  boolean remove(ObjectKey key) throws IOException {
    if (zone.stat(key).isPresent()) {
      return false;
    }
    return switch (ZoneKey.of(key)) {
      case ZoneKey.RefusalOf _ -> replica.delete(key);
      case ZoneKey.File(var module, var kind) ->
          evidence
                  .read(zone, module, _ -> {})
                  .filter(proven -> proven.kinds().contains(kind))
                  .isEmpty()
              && aside.take(key);
      case ZoneKey.PinOf _,
          ZoneKey.EvidenceOf _,
          ZoneKey.Database _,
          ZoneKey.VersionList _,
          ZoneKey.Latest _,
          ZoneKey.OfTheScrub _,
          ZoneKey.Foreign _ ->
          false;
    };
  }
}
