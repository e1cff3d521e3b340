package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.verdict.VerdictException;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.pipeline.zone.StoredEvidence;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads what lies beside a module version, and believes what a pinned verifier has signed.
final class EvidenceCheck {
  private final List<VerifierKey> verifiers;

  EvidenceCheck(List<VerifierKey> verifiers) {
    this.verifiers = List.copyOf(verifiers);
  }

  /// @param problems is told what can't be believed
  /// @return empty where nothing can
  /// @throws IOException where the store can't be asked
  Optional<Proven> read(ObjectSource zone, ModuleVersion module, Consumer<Problem> problems)
      throws IOException {
    Map<Want, StoredEvidence> believed = new EnumMap<>(Want.class);
    for (Want want : Want.values()) {
      ObjectKey key = ZoneLayout.evidence(module, want);
      Optional<ObjectReader> object = open(zone, key, problems);
      if (object.isEmpty()) {
        continue;
      }
      byte[] json;
      try (ObjectReader reader = object.get()) {
        json = reader.readAll(StoredEvidence.MAX_BYTES);
      } catch (UnusableObjectException e) {
        problems.accept(Problem.wrong(key, Fault.UNPROVEN, "can't be read: " + e.getMessage()));
        continue;
      }
      try {
        StoredEvidence found = StoredEvidence.read(json);
        Optional<String> fault = fault(module, want, found);
        if (fault.isEmpty()) {
          believed.put(want, found);
        } else {
          problems.accept(Problem.wrong(key, Fault.UNPROVEN, "can't be believed: " + fault.get()));
        }
      } catch (IOException e) {
        problems.accept(Problem.wrong(key, Fault.UNPROVEN, "can't be read: " + e.getMessage()));
      }
    }
    return believed.isEmpty() ? Optional.empty() : Optional.of(new Proven(module, believed));
  }

  private static Optional<ObjectReader> open(
      ObjectSource zone, ObjectKey key, Consumer<Problem> problems) throws IOException {
    try {
      return zone.open(key);
    } catch (UnusableObjectException e) {
      problems.accept(Problem.lacking(key, Fault.UNREADABLE, "can't be opened: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<String> fault(ModuleVersion module, Want want, StoredEvidence found) {
    try {
      return VerdictNote.open(found.evidence(), verifiers).fault(module, want, found.evidence());
    } catch (VerdictException e) {
      return Optional.of(e.sentence());
    }
  }
}
