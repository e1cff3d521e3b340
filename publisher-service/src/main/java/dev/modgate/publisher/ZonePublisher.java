package dev.modgate.publisher;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.Objects;

/// Carries out the steps of the package doc. A function of the verified evidence and the blobs.
///
/// Files of one module path are written one version at a time within this process; across
/// processes, put-if-absent and compare-and-swap decide.
final class ZonePublisher {
  private final BlobCopy copy;
  private final EvidencePins pins;
  private final RefusalNotes notes;
  private final VersionIndex index;
  private final PathLocks locks = new PathLocks();

  ZonePublisher(BlobStore blobs, ObjectStore zone) {
    this.copy = new BlobCopy(blobs, zone);
    this.pins = new EvidencePins(zone);
    this.notes = new RefusalNotes(zone);
    this.index = new VersionIndex(zone);
  }

  /// @throws IllegalArgumentException when a zip is wanted and the evidence has none: a bug
  Publication publish(ModuleVersion module, Want want, Evidence evidence)
      throws IOException, BlobUnusableException, InterruptedException {
    Publication outcome;
    try (var _ = locks.lock(module.path())) {
      outcome =
          switch (want) {
            case MOD -> pinGoMod(module, evidence);
            case ZIP -> pinZip(module, evidence);
          };
      switch (outcome) {
        case Publication.Inside inside -> files(module, want, evidence);
        case Publication.Differs differs -> {
          return differs;
        }
      }
    }
    if (want == Want.ZIP) {
      index.add(module);
    }
    notes.remove(module, want);
    return outcome;
  }

  /// The go.mod's pin decides about go.mod alone, for `MOD` and `ZIP` alike, so that the two can't
  /// pin different ones side by side.
  private Publication pinGoMod(ModuleVersion module, Evidence evidence) throws IOException {
    Evidence pinned = pins.pin(module, Want.MOD, evidence);
    return pinned.goModHash().equals(evidence.goModHash())
        ? new Publication.Inside(pinned)
        : differs(module, "go.mod", evidence.goModHash(), pinned.goModHash());
  }

  private Publication pinZip(ModuleVersion module, Evidence evidence) throws IOException {
    H1 hash = evidence.zipHash();
    if (hash == null || evidence.files().zip() == null) {
      throw new IllegalArgumentException(module + ": a zip is wanted, but none was verified");
    }
    return switch (pinGoMod(module, evidence)) {
      case Publication.Differs differs -> differs;
      case Publication.Inside _ -> {
        Evidence pinned = pins.pin(module, Want.ZIP, evidence);
        H1 first = Objects.requireNonNull(pinned.zipHash(), "a zip's evidence has its hash");
        yield first.equals(hash)
            ? new Publication.Inside(pinned)
            : differs(module, "zip", hash, first);
      }
    };
  }

  private void files(ModuleVersion module, Want want, Evidence evidence)
      throws IOException, BlobUnusableException {
    var files = evidence.files();
    if (want == Want.ZIP) {
      copy.putIfAbsent(
          module, Objects.requireNonNull(files.zip(), "checked above"), ZoneLayout.zip(module));
    }
    copy.putIfAbsent(module, files.mod(), ZoneLayout.mod(module));
    copy.putIfAbsent(module, files.info(), ZoneLayout.info(module));
  }

  private static Publication differs(ModuleVersion module, String what, H1 verified, H1 pinned) {
    return new Publication.Differs(
        module
            + ": its "
            + what
            + " hash is "
            + verified
            + " but "
            + pinned
            + " is inside, which stays");
  }
}
