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
///
/// What nobody pinned has signed is not believed, and left where it is: a key may have been taken
/// out of the settings. What can't be read, or says something else than what was signed, is to be
/// made anew.
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
      read(zone, module, want, problems).ifPresent(found -> believed.put(want, found));
    }
    return believed.isEmpty() ? Optional.empty() : Optional.of(new Proven(module, believed));
  }

  private Optional<StoredEvidence> read(
      ObjectSource zone, ModuleVersion module, Want want, Consumer<Problem> problems)
      throws IOException {
    ObjectKey key = ZoneLayout.evidence(module, want);
    byte[] json;
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      if (reader == null) {
        return Optional.empty();
      }
      json = reader.readAll(StoredEvidence.MAX_BYTES);
    } catch (UnusableObjectException e) {
      problems.accept(Problem.lacking(key, Fault.UNREADABLE, "can't be read: " + e.getMessage()));
      return Optional.empty();
    }
    StoredEvidence found;
    try {
      found = StoredEvidence.read(json);
    } catch (IOException e) {
      problems.accept(Problem.wrong(key, Fault.UNPROVEN, "can't be read: " + e.getMessage()));
      return Optional.empty();
    }
    try {
      Optional<String> fault =
          VerdictNote.open(found.evidence(), verifiers).fault(module, want, found.evidence());
      if (fault.isEmpty()) {
        return Optional.of(found);
      }
      problems.accept(
          Problem.wrong(key, Fault.UNPROVEN, "is not what the verifier signed: " + fault.get()));
    } catch (VerdictException e) {
      problems.accept(
          Problem.lacking(
              key,
              Fault.UNPROVEN,
              "is believed of no verifier in modgate.publisher.verifier-keys: " + e.sentence()));
    }
    return Optional.empty();
  }
}
