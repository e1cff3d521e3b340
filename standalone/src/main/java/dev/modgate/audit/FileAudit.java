package dev.modgate.audit;

import dev.modgate.audit.EvidenceAudit.Hash;
import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The files of one module version, hashed again. Used once.
final class FileAudit {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ModuleVersion module;
  private final ObjectSource zone;
  private final Path folder;
  private final List<EvidenceAudit> proofs;
  private final List<Step> steps = new ArrayList<>();

  /// @param proofs checked
  FileAudit(ModuleVersion module, ObjectSource zone, Path folder, List<EvidenceAudit> proofs) {
    this.module = module;
    this.zone = zone;
    this.folder = folder;
    this.proofs = proofs;
  }

  List<Step> check() {
    if (proofs.stream().anyMatch(proof -> proof.said(Files.Kind.ZIP).isPresent())) {
      check(Files.Kind.ZIP, ZoneLayout.zip(module));
    } else {
      requireNoZip(ZoneLayout.zip(module));
    }
    check(Files.Kind.MOD, ZoneLayout.mod(module));
    check(Files.Kind.INFO, ZoneLayout.info(module));
    return steps;
  }

  private void requireNoZip(ObjectKey key) {
    Path path = folder.resolve(key.value());
    try {
      if (zone.stat(key).isPresent()) {
        wrong(
            Files.Kind.ZIP,
            path,
            "lies there without evidence: no publisher has put it, or none has finished yet");
      }
    } catch (IOException e) {
      wrong(Files.Kind.ZIP, path, "can't be read: " + e.getMessage());
    }
  }

  private void check(Files.Kind kind, ObjectKey key) {
    Path path = folder.resolve(key.value());
    try (ObjectReader reader = zone.open(key).orElse(null)) {
      if (reader == null) {
        wrong(kind, path, "is missing");
        return;
      }
      bytes(kind, path, new BlobRef(sha256(reader), reader.stat().size()));
      reader.channel().position(0);
      contents(kind, path, reader);
    } catch (IOException e) {
      wrong(kind, path, "can't be read: " + e.getMessage());
    }
  }

  private void bytes(Files.Kind kind, Path path, BlobRef actual) {
    List<BlobRef> signed =
        proofs.stream().flatMap(p -> p.signed(kind).stream()).distinct().toList();
    List<BlobRef> said = proofs.stream().flatMap(p -> p.said(kind).stream()).distinct().toList();
    if (signed.contains(actual)) {
      steps.add(Step.ok(kind.ending(), "has the signed sha256 " + text(actual)));
      said.stream()
          .filter(other -> !other.equals(actual))
          .map(other -> "the evidence says that other bytes lie there: sha256 " + text(other))
          .forEach(sentence -> steps.add(Step.note(kind.ending(), sentence)));
    } else if (signed.isEmpty()) {
      unproven(kind, "has sha256 " + text(actual)); // what is wrong, is said of the evidence
    } else if (said.contains(actual) && kind != Files.Kind.INFO) { // its h1 decides
      steps.add(
          Step.note(
              kind.ending(),
              "is of an earlier delivery: sha256 " + text(actual) + ", signed is " + text(signed)));
    } else {
      wrong(kind, path, "has sha256 " + text(actual) + " but signed is " + text(signed));
    }
  }

  private void contents(Files.Kind kind, Path path, ObjectReader reader) throws IOException {
    switch (kind) {
      case INFO -> info(path, reader.readAll(VersionInfo.MAX_BYTES));
      case MOD -> hash(kind, path, GoModHash.of(reader.stream()));
      case ZIP -> {
        ZipReport report = ModuleZip.inspect(reader.channel(), module);
        if (report.hash().isPresent()) {
          hash(kind, path, report.hash().get());
        } else {
          wrong(kind, path, "is no module zip: " + report.faults().getFirst().sentence());
        }
      }
    }
  }

  private void hash(Files.Kind kind, Path path, H1 actual) {
    List<Hash> signed = proofs.stream().flatMap(p -> p.hashes(kind).stream()).distinct().toList();
    List<Hash> others = signed.stream().filter(hash -> !hash.h1().equals(actual)).toList();
    others.forEach(other ->
        wrong(kind, path, "has hash " + actual + " but " + other.by() + " signed " + other.h1()));
    if (signed.isEmpty()) {
      unproven(kind, "has hash " + actual);
    } else if (others.isEmpty()) {
      steps.add(
          Step.ok(
              kind.ending(),
              "has hash "
                  + actual
                  + ", as signed by "
                  + signed.stream().map(Hash::by).distinct().collect(Collectors.joining(" and "))));
    }
  }

  private void info(Path path, byte[] json) {
    try {
      var version = VersionInfo.parse(json).version();
      if (version.equals(module.version())) {
        steps.add(Step.ok(".info", "names " + version));
      } else {
        wrong(Files.Kind.INFO, path, "names version " + version + " but is of " + module.version());
      }
    } catch (VersionInfoException e) {
      wrong(Files.Kind.INFO, path, "names no version: " + e.getMessage());
    }
  }

  private void unproven(Files.Kind kind, String sentence) {
    steps.add(Step.note(kind.ending(), sentence + ", and nothing believed to compare it with"));
  }

  private void wrong(Files.Kind kind, Path path, String fault) {
    steps.add(Step.wrong(kind.ending(), path, "\"" + path + "\" " + fault));
  }

  private static String text(BlobRef bytes) {
    return bytes.sha256() + ", " + bytes.size() + " bytes";
  }

  private static String text(List<BlobRef> any) {
    return any.stream().map(FileAudit::text).collect(Collectors.joining(" or "));
  }

  private static Sha256 sha256(ObjectReader reader) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (reader.channel().read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return Sha256.from(digest.digest());
  }
}
