package dev.modgate.audit;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.FileObjectSource;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.zone.Pin;
import dev.modgate.pipeline.zone.StoredEvidence;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks module versions in the folder of one zone store.
public final class ZoneAudit {
  private final Path folder;
  private final FileObjectSource zone;
  private final AuditKeys keys;

  /// @throws IOException where the folder is none
  public ZoneAudit(Path folder, AuditKeys keys) throws IOException {
    this.folder = folder;
    this.zone = new FileObjectSource(folder);
    this.keys = keys;
  }

  /// @throws IOException where the folder is not there
  public AuditReport check(ModuleVersion module) throws IOException {
    var steps = new ArrayList<Step>();
    var proofs = new ArrayList<EvidenceAudit>();
    for (Want want : List.of(Want.ZIP, Want.MOD)) {
      ObjectKey key = ZoneLayout.evidence(module, want);
      evidence(key, steps)
          .map(found -> new EvidenceAudit(module, want, found, path(key), keys))
          .ifPresent(proofs::add);
    }
    for (EvidenceAudit proof : proofs) {
      steps.addAll(proof.check());
    }
    if (steps.isEmpty()) {
      ObjectKey key = ZoneLayout.evidence(module, Want.ZIP);
      steps.add(
          Step.wrong(
              "evidence", path(key), "nothing is inside of it: \"" + path(key) + "\" is missing"));
    }
    if (!proofs.isEmpty()) {
      pin(module, proofs, steps);
      steps.addAll(new FileAudit(module, zone, folder, proofs).check());
      proofs.stream()
          .flatMap(proof -> proof.proof().stream())
          .findFirst()
          .ifPresent(proof -> steps.addAll(inside(proof)));
    }
    return new AuditReport(module.toString(), steps);
  }

  private List<Step> inside(EvidenceAudit.Proof proof) {
    return new DatabaseAudit(proof.proof().module(), proof.key(), zone, folder)
        .check(proof.proof().reply());
  }

  private Optional<StoredEvidence> evidence(ObjectKey key, List<Step> steps) throws IOException {
    Optional<ObjectReader> open = zone.open(key);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader reader = open.get()) {
      return Optional.of(StoredEvidence.read(reader.readAll(StoredEvidence.MAX_BYTES)));
    } catch (IOException e) {
      steps.add(
          Step.wrong(
              "evidence", path(key), "\"" + path(key) + "\" can't be read: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private void pin(ModuleVersion module, List<EvidenceAudit> proofs, List<Step> steps)
      throws IOException {
    ObjectKey key = ZoneLayout.pin(module);
    Optional<ObjectReader> open = zone.open(key);
    if (open.isEmpty()) {
      steps.add(Step.wrong("pin", path(key), "\"" + path(key) + "\" is missing"));
      return;
    }
    try (ObjectReader reader = open.get()) {
      Pin pin = Pin.read(reader.readAll(Pin.MAX_BYTES));
      Optional<String> fault = proofs.stream().flatMap(p -> p.pinFault(pin).stream()).findFirst();
      steps.add(
          fault.isPresent()
              ? Step.wrong("pin", path(key), "\"" + path(key) + "\" " + fault.get())
              : Step.ok("pin", "the pinned hashes are the signed ones"));
    } catch (IOException e) {
      steps.add(
          Step.wrong("pin", path(key), "\"" + path(key) + "\" can't be read: " + e.getMessage()));
    }
  }

  private Path path(ObjectKey key) {
    return folder.resolve(key.value());
  }
}
