package dev.modgate.publisher;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.Pin;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.publisher.StoredFiles.Kind;
import dev.modgate.publisher.StoredFiles.Wanted;
import dev.modgate.publisher.sumdb.InnerDatabase;
import dev.modgate.publisher.sumdb.UnprovableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Carries out the steps of the package doc. A function of the verified evidence and the blobs.
///
/// Files of one module path are written one version at a time within this process; across
/// processes, put-if-absent and compare-and-swap decide.
final class ZonePublisher {
  private final Optional<InnerDatabase> sumdb;
  private final BlobCopy copy;
  private final Pins pins;
  private final EvidenceFiles evidences;
  private final RefusalNotes notes;
  private final VersionIndex index;
  private final PathLocks locks = new PathLocks();

  ZonePublisher(BlobStore blobs, ObjectStore zone, Optional<InnerDatabase> sumdb) {
    this.sumdb = sumdb;
    this.copy = new BlobCopy(blobs, zone);
    this.evidences = new EvidenceFiles(zone);
    this.pins = new Pins(zone, evidences);
    this.notes = new RefusalNotes(zone);
    this.index = new VersionIndex(zone);
  }

  /// @throws IllegalArgumentException when a zip is wanted and the evidence has none: a bug
  Publication publish(ModuleVersion module, Want want, Evidence evidence)
      throws IOException, BlobUnusableException, UnprovableException, InterruptedException {
    Publication outcome;
    SumDbEvidence proof = evidence.sumdb();
    if (sumdb.isPresent() && proof != null) {
      sumdb.get().check(module, proof, evidence.zipHash(), evidence.goModHash());
    }
    try (var _ = locks.lock(module.path())) {
      Optional<Publication> differs =
          switch (want) {
            case MOD -> pinGoMod(module, evidence);
            case ZIP -> pinZip(module, evidence);
          };
      if (differs.isPresent()) {
        return differs.get();
      }
      if (sumdb.isPresent() && proof != null) {
        sumdb.get().add(module, proof);
      }
      Files stored = files(module, want, evidence);
      outcome = new Publication.Inside(evidences.keep(module, want, evidence, stored));
    }
    if (want == Want.ZIP) {
      index.add(module);
    }
    notes.remove(module, want);
    return outcome;
  }

  /// Empty where the go.mod is what is pinned.
  private Optional<Publication> pinGoMod(ModuleVersion module, Evidence evidence)
      throws IOException {
    Pin pinned = pins.pin(module, evidence.goModHash(), Optional.empty());
    return differs(module, "go.mod", evidence.goModHash(), pinned.goModHash());
  }

  private Optional<Publication> pinZip(ModuleVersion module, Evidence evidence) throws IOException {
    H1 hash = evidence.zipHash();
    if (hash == null || evidence.files().zip() == null) {
      throw new IllegalArgumentException(module + ": a zip is wanted, but none was verified");
    }
    Pin pinned = pins.pin(module, evidence.goModHash(), Optional.of(hash));
    Optional<Publication> goMod =
        differs(module, "go.mod", evidence.goModHash(), pinned.goModHash());
    return goMod.isPresent()
        ? goMod
        : differs(module, "zip", hash, pinned.zipHashIfAny().orElseThrow());
  }

  /// @return what lies in the zone store now
  private Files files(ModuleVersion module, Want want, Evidence evidence)
      throws IOException, BlobUnusableException {
    Files files = evidence.files();
    List<Files> onRecord = onRecord(module);
    BlobRef zip =
        want == Want.ZIP
            ? copy.putIfAbsent(
                new Wanted(
                    module,
                    new Kind.Zip(Objects.requireNonNull(evidence.zipHash(), "checked above")),
                    ZoneLayout.zip(module),
                    Objects.requireNonNull(files.zip(), "checked above"),
                    onRecord.stream().flatMap(f -> f.zipIfAny().stream()).distinct().toList()))
            : null;
    BlobRef mod =
        copy.putIfAbsent(
            new Wanted(
                module,
                new Kind.GoMod(evidence.goModHash()),
                ZoneLayout.mod(module),
                files.mod(),
                onRecord.stream().map(Files::mod).distinct().toList()));
    BlobRef info =
        copy.putIfAbsent(
            new Wanted(
                module,
                new Kind.InfoFile(),
                ZoneLayout.info(module),
                files.info(),
                onRecord.stream().map(Files::info).distinct().toList()));
    return new Files(info, mod, zip);
  }

  /// What the evidence of either want says, as they share files.
  private List<Files> onRecord(ModuleVersion module) throws IOException {
    var files = new ArrayList<Files>();
    for (Want want : Want.values()) {
      evidences.find(module, want).map(Evidence::files).ifPresent(files::add);
    }
    return files;
  }

  private static Optional<Publication> differs(
      ModuleVersion module, String what, H1 verified, H1 pinned) {
    return pinned.equals(verified)
        ? Optional.empty()
        : Optional.of(
            new Publication.Differs(
                module
                    + ": its "
                    + what
                    + " hash is "
                    + verified
                    + " but "
                    + pinned
                    + " is inside, which stays"));
  }
}
