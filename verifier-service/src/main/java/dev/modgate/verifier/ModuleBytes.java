package dev.modgate.verifier;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.zip.Inflate;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.verifier.inflate.Libdeflate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what the blob store holds of a module version. Trusts neither names nor sizes: every byte
/// is hashed here again, and the zip is inspected through the same open file that was hashed.
///
/// In memory at once: the `.mod` (16 MiB at most), what [ModuleZip#heapBytes] says of the zip, and
/// a buffer; besides, for all together, what {@link Libdeflate} holds.
final class ModuleBytes {
  private static final int BUFFER_BYTES = 64 * 1024;

  /// Its buffers are for all that one process verifies at once.
  private static final Inflate INFLATE = Libdeflate.orElsePiecewise();

  private final BlobStore blobs;

  ModuleBytes(BlobStore blobs) {
    this.blobs = blobs;
  }

  /// @throws BlobUnusableException when a blob is gone, or holds other bytes than the event says
  Findings read(ModuleVersion module, Files files, boolean withZip)
      throws IOException, BlobUnusableException {
    byte[] info = small(module, ".info", files.info());
    byte[] mod = small(module, ".mod", files.mod());
    @Nullable String declared = null;
    @Nullable String goModProblem = null;
    @Nullable GoModFacts facts = null;
    try {
      if (mod.length > GoModFacts.MOST_BYTES) {
        declared = GoMod.declaredPath(mod, "go.mod").orElse(null);
        facts = GoModFacts.tooLarge();
      } else {
        GoMod read = GoMod.parseLax(mod, "go.mod");
        declared = read.module().orElse(null);
        facts = GoModFacts.of(read);
      }
    } catch (GoModException e) {
      goModProblem = String.join("; ", e.problems());
    }
    H1 goModHash = GoModHash.of(mod);
    Findings.@Nullable ZipFindings zip = null;
    Optional<BlobRef> zipRef = files.zipIfAny();
    if (withZip && zipRef.isPresent()) {
      zip = zip(module, zipRef.get(), goModHash);
    }
    return new Findings(goModHash, declared, goModProblem, facts, infoProblem(module, info), zip);
  }

  private static @Nullable String infoProblem(ModuleVersion module, byte[] info) {
    try {
      var version = VersionInfo.parse(info).version();
      return version.equals(module.version())
          ? null
          : "the .info names version \"" + version + "\", want \"" + module.version() + "\"";
    } catch (VersionInfoException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Findings.ZipFindings zip(ModuleVersion module, BlobRef ref, H1 goModHash)
      throws IOException, BlobUnusableException {
    try (ObjectReader blob = open(module, ".zip", ref)) {
      MessageDigest digest = Sha256.newDigest();
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (blob.channel().read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      check(module, ".zip", ref, Sha256.from(digest.digest()));
      blob.channel().position(0);
      ZipReport report = ModuleZip.inspect(blob.channel(), module, INFLATE);
      return new Findings.ZipFindings(
          ref.sha256(),
          report.hash(),
          report.faults(),
          agreement(module, report.goModHash(), goModHash));
    }
  }

  private static Findings.GoModAgreement agreement(
      ModuleVersion module, Optional<H1> inZip, H1 mod) {
    // +incompatible says that the go.mod, if there is one, does not count
    if (inZip.isPresent() && !module.version().isIncompatible()) {
      return inZip.get().equals(mod)
          ? Findings.GoModAgreement.EQUAL
          : Findings.GoModAgreement.DIFFERENT;
    }
    byte[] synthesized = ("module " + module.path() + "\n").getBytes(StandardCharsets.UTF_8);
    return GoModHash.of(synthesized).equals(mod)
        ? Findings.GoModAgreement.SYNTHESIZED
        : Findings.GoModAgreement.NOT_SYNTHESIZED;
  }

  private byte[] small(ModuleVersion module, String ending, BlobRef ref)
      throws IOException, BlobUnusableException {
    try (ObjectReader blob = open(module, ending, ref)) {
      byte[] bytes = blob.readAll(GoMod.MAX_BYTES);
      check(module, ending, ref, Sha256.of(bytes));
      return bytes;
    }
  }

  private ObjectReader open(ModuleVersion module, String ending, BlobRef ref)
      throws IOException, BlobUnusableException {
    ObjectReader blob =
        blobs
            .open(ref)
            .orElseThrow(() ->
                new BlobUnusableException(
                    module + ": the blob of its " + ending + " is gone: sha256 " + ref.sha256()));
    if (blob.stat().size() != ref.size()) {
      long size = blob.stat().size();
      blob.close();
      throw new BlobUnusableException(
          module
              + ": the blob of its "
              + ending
              + " has "
              + size
              + " bytes, but "
              + ref.size()
              + " were fetched");
    }
    return blob;
  }

  private static void check(ModuleVersion module, String ending, BlobRef ref, Sha256 actual)
      throws BlobUnusableException {
    if (!actual.equals(ref.sha256())) {
      throw new BlobUnusableException(
          module
              + ": the blob of its "
              + ending
              + " has sha256 "
              + actual
              + ", but "
              + ref.sha256()
              + " was fetched");
    }
  }
}
