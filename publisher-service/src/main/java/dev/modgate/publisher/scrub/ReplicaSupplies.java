package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.zone.StoredEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is right in the replicas. One that can't be read supplies nothing.
final class ReplicaSupplies implements Supplies {
  private static final Logger log = LoggerFactory.getLogger(ReplicaSupplies.class);
  private static final int BUFFER_BYTES = 64 << 10;

  private final BlobStore blobs;
  private final List<Replica> replicas;
  private final EvidenceCheck evidence;

  ReplicaSupplies(BlobStore blobs, List<Replica> replicas, EvidenceCheck evidence) {
    this.blobs = blobs;
    this.replicas = List.copyOf(replicas);
    this.evidence = evidence;
  }

  @Override
  public void refill(Proven proven) throws IOException {
    for (Files.Kind kind : proven.kinds()) {
      for (Replica replica : replicas) {
        if (has(proven.signed(kind))) {
          break;
        }
        copy(proven, kind, replica);
      }
    }
  }

  private boolean has(List<BlobRef> refs) throws IOException {
    for (BlobRef ref : refs) {
      try (ObjectReader blob = blobs.open(ref).orElse(null)) {
        if (blob != null && blob.stat().size() == ref.size()) {
          return true;
        }
      }
    }
    return false;
  }

  private void copy(Proven proven, Files.Kind kind, Replica replica) throws IOException {
    try (ObjectReader from = open(proven, kind, replica).orElse(null);
        BlobStore.Writer out = blobs.newWriter()) {
      if (from == null
          || proven.signed(kind).stream().noneMatch(r -> r.size() == from.stat().size())) {
        return;
      }
      InputStream in = from.stream();
      var buffer = new byte[BUFFER_BYTES];
      for (int n = read(in, buffer, replica); n >= 0; n = read(in, buffer, replica)) {
        out.write(buffer, 0, n);
      }
      if (out.size() == from.stat().size()) {
        var _ = out.keep();
      }
    }
  }

  private static Optional<ObjectReader> open(Proven proven, Files.Kind kind, Replica replica) {
    try {
      return replica.store().open(VersionCheck.key(kind, proven.module()));
    } catch (IOException e) {
      failed(replica, e);
      return Optional.empty();
    }
  }

  /// The end, where no more can be read.
  private static int read(InputStream in, byte[] buffer, Replica replica) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      failed(replica, e);
      return -1;
    }
  }

  @Override
  public Optional<byte[]> evidence(ModuleVersion module, Want want) {
    for (Replica replica : replicas) {
      try {
        Optional<StoredEvidence> found =
            evidence
                .read(replica.store(), module, _ -> {})
                .map(proven -> proven.evidence().get(want));
        if (found.isPresent()) {
          return Optional.of(found.get().toJson());
        }
      } catch (IOException e) {
        failed(replica, e);
      }
    }
    return Optional.empty();
  }

  private static void failed(Replica replica, IOException e) {
    log.warn("replica {} can't help now: {}", replica.name(), e.toString());
  }
}
