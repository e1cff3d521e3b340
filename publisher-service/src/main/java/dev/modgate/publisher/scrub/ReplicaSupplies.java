package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Right bytes out of the replicas.
final class ReplicaSupplies implements Supplies {
  private static final Logger log = LoggerFactory.getLogger(ReplicaSupplies.class);
  private static final int BUFFER_BYTES = 64 << 10;

  private final BlobStore blobs;
  private final List<Replica> replicas;

  ReplicaSupplies(BlobStore blobs, List<Replica> replicas) {
    this.blobs = blobs;
    this.replicas = List.copyOf(replicas);
  }

  @Override
  public void refill(Proven proven) throws IOException {
    for (Files.Kind kind : proven.kinds()) {
      if (!has(proven.signed(kind))) {
        for (Replica replica : replicas) {
          copy(proven, kind, replica);
        }
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
    Optional<ObjectReader> object;
    try {
      object = replica.store().open(VersionCheck.key(kind, proven.module()));
    } catch (IOException e) {
      log.warn("replica {} has nothing for {} now: {}", replica.name(), proven.module(), "" + e);
      return;
    }
    if (object.isEmpty()) {
      return;
    }
    try (ObjectReader from = object.get();
        BlobStore.Writer out = blobs.newWriter()) {
      if (proven.right(kind).stream().anyMatch(r -> r.size() == from.stat().size())) {
        InputStream in = from.stream();
        var buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          out.write(buffer, 0, n);
        }
        var _ = out.keep();
      }
    }
  }
}
