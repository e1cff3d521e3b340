package dev.modgate.publisher;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.zone.StoredEvidence;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Evidence beside the modules, written after the bytes: as it was signed, and beside it the bytes
/// that lie there. Whoever asks here sees it with those in place of what was delivered.
final class EvidenceFiles {
  private static final Logger log = LoggerFactory.getLogger(EvidenceFiles.class);

  private final ZoneObjects objects;

  EvidenceFiles(ObjectStore zone) {
    this.objects = new ZoneObjects(zone);
  }

  /// What is said so far; empty where nothing is.
  Optional<Evidence> find(ModuleVersion module, Want want) throws IOException {
    ObjectKey key = ZoneLayout.evidence(module, want);
    Optional<ZoneObjects.Stored> stored = objects.read(key, StoredEvidence.MAX_BYTES);
    return stored.isEmpty() ? Optional.empty() : Optional.of(read(key, stored.get()).ofStored());
  }

  /// Keeps the evidence, unless there is some that names the same bytes: the first one stays.
  ///
  /// @param stored the bytes that lie in the zone store, of this delivery or an earlier one
  /// @return what is kept
  Evidence keep(ModuleVersion module, Want want, Evidence evidence, Files stored)
      throws IOException {
    ObjectKey key = ZoneLayout.evidence(module, want);
    var mine = new StoredEvidence(evidence, stored);
    StoredEvidence kept =
        objects.change(
            key,
            StoredEvidence.MAX_BYTES,
            now -> {
              if (now.isPresent()) {
                StoredEvidence known = read(key, now.get());
                if (known.stored().equals(stored)) {
                  return Next.same(known);
                }
                log.warn("\"{}\" names other bytes than are stored: written anew", key);
              }
              return Next.write(mine, mine.toJson());
            });
    return kept.ofStored();
  }

  private static StoredEvidence read(ObjectKey key, ZoneObjects.Stored stored) throws IOException {
    try {
      return StoredEvidence.read(stored.bytes());
    } catch (IOException e) {
      throw new UnusableObjectException("\"" + key + "\": " + e.getMessage());
    }
  }
}
