package dev.modgate.publisher;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.zone.Pin;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.util.Optional;

/// What each version is, by its h1 hashes. The first one written stays.
///
/// One pin holds both hashes, so that a go.mod and a zip that contains another one can't be pinned
/// side by side.
final class Pins {
  private final ZoneObjects objects;
  private final EvidenceFiles evidences;

  Pins(ObjectStore zone, EvidenceFiles evidences) {
    this.objects = new ZoneObjects(zone);
    this.evidences = evidences;
  }

  /// Pins what is not pinned yet. A zip is pinned only beside the go.mod that it came with.
  ///
  /// @return what is pinned now, by whomever
  Pin pin(ModuleVersion module, H1 goMod, Optional<H1> zip) throws IOException {
    ObjectKey key = ZoneLayout.pin(module);
    return objects.change(
        key,
        Pin.MAX_BYTES,
        now -> {
          Optional<Pin> known =
              now.isPresent() ? Optional.of(read(key, now.get())) : fromEvidence(module);
          Pin next = known.map(k -> plus(k, goMod, zip)).orElse(new Pin(goMod, zip.orElse(null)));
          return now.isPresent() && known.equals(Optional.of(next))
              ? Next.same(next)
              : Next.write(next, next.toJson());
        });
  }

  private static Pin plus(Pin known, H1 goMod, Optional<H1> zip) {
    return known.zipHashIfAny().isEmpty() && known.goModHash().equals(goMod)
        ? new Pin(goMod, zip.orElse(null))
        : known;
  }

  /// What a pin that was lost said, where something is inside.
  private Optional<Pin> fromEvidence(ModuleVersion module) throws IOException {
    Optional<Evidence> evidence = evidences.find(module, Want.ZIP);
    return (evidence.isPresent() ? evidence : evidences.find(module, Want.MOD))
        .map(e -> new Pin(e.goModHash(), e.zipHash()));
  }

  /// An unreadable pin is an error, never "none": it may say another h1.
  private static Pin read(ObjectKey key, ZoneObjects.Stored stored) throws IOException {
    try {
      return Pin.read(stored.bytes());
    } catch (IOException e) {
      throw new UnusableObjectException("\"" + key + "\": " + e.getMessage());
    }
  }
}
