package dev.modgate.audit;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbProof;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.verdict.Verdict;
import dev.modgate.pipeline.verdict.VerdictException;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.pipeline.zone.Pin;
import dev.modgate.pipeline.zone.StoredEvidence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The evidence of one want: its verdict and its proof. Used once.
final class EvidenceAudit {
  private final ModuleVersion module;
  private final Want want;
  private final Evidence evidence;
  private final Files stored;
  private final Path file;
  private final AuditKeys keys;
  private final List<Step> steps = new ArrayList<>();
  private @Nullable VerdictNote opened;
  private @Nullable SumDbProof proof;

  /// @param file where the evidence lies
  EvidenceAudit(ModuleVersion module, Want want, StoredEvidence found, Path file, AuditKeys keys) {
    this.module = module;
    this.want = want;
    this.evidence = found.evidence();
    this.stored = found.stored();
    this.file = file;
    this.keys = keys;
  }

  List<Step> check() {
    signature();
    database();
    return steps;
  }

  private void signature() {
    VerdictNote note;
    try {
      note = VerdictNote.open(evidence, keys.verifiers());
    } catch (VerdictException e) {
      wrong("verdict", e.sentence());
      return;
    }
    Verdict signed = note.verdict();
    Optional<String> fault = note.fault(module, want, evidence);
    String by = "signed by " + note.signer() + " at " + signed.verifiedAt();
    if (fault.isEmpty()) {
      opened = note;
      steps.add(
          Step.ok("verdict", by + " under rules " + signed.rulesRevision() + ", of this evidence"));
    } else {
      wrong("verdict", "the evidence is not what was signed: " + fault.get());
    }
  }

  private void database() {
    SumDbEvidence sumdb = evidence.sumdb();
    if (sumdb == null) {
      steps.add(
          Step.note(
              "database",
              "no checksum database has proven it, only "
                  + evidence.origins().stream().mapToInt(o -> o.claims().size()).sum()
                  + " go.sum lines"));
      return;
    }
    Optional<VerifierKey> key = keys.database(sumdb.database());
    if (key.isEmpty()) {
      wrong(
          "database",
          "no key of the database "
              + Quoted.of(sumdb.database())
              + " is known: give it with --sumdb");
      return;
    }
    try {
      proven(SumDbProof.open(sumdb.proof(), key.get()), key.get(), sumdb);
    } catch (SumDbException e) {
      wrong("database", e.sentence());
    }
  }

  private void proven(SumDbProof found, VerifierKey key, SumDbEvidence sumdb)
      throws SumDbException {
    TreeHead head = found.head(key).head();
    steps.add(Step.ok("tree head", key.id() + " signed a " + head));
    steps.add(
        Step.ok(
            "record",
            found.reply().id()
                + " is in that tree, by "
                + found.inclusion().hashes().size()
                + " hashes"));
    if (!found.module().equals(module)) {
      wrong("go.sum", "the proof is of " + found.module() + ", not of " + module);
      return;
    }
    if (found.reply().id() != sumdb.record()
        || head.size() != sumdb.treeSize()
        || !head.hash().toString().equals(sumdb.rootHash())) {
      wrong(
          "record",
          "the evidence says record "
              + sumdb.record()
              + " of "
              + sumdb.treeSize()
              + " with root hash "
              + Quoted.of(sumdb.rootHash())
              + " but the proof is of record "
              + found.reply().id()
              + " of a "
              + head);
      return;
    }
    proof = found;
    compare("zip", evidence.zipHash(), found.zip());
    compare("go.mod", evidence.goModHash(), found.goMod());
  }

  private void compare(String what, @Nullable H1 verified, H1 signed) {
    if (verified == null || verified.equals(signed)) {
      steps.add(Step.ok("go.sum", what + " " + signed));
    } else {
      wrong(
          "go.sum",
          "the evidence says " + what + " hash " + verified + " but the database signed " + signed);
    }
  }

  private void wrong(String subject, String sentence) {
    steps.add(Step.wrong(subject, file, "\"" + file + "\": " + sentence));
  }

  /// What the database has signed; empty where that was not believed.
  Optional<Proof> proof() {
    SumDbEvidence sumdb = evidence.sumdb();
    return proof == null || sumdb == null
        ? Optional.empty()
        : Optional.of(new Proof(proof, keys.database(sumdb.database()).orElseThrow()));
  }

  /// @param key by which it was opened
  record Proof(SumDbProof proof, VerifierKey key) {}

  /// What a pin says otherwise.
  Optional<String> pinFault(Pin pin) {
    H1 zip = evidence.zipHash();
    if (!pin.goModHash().equals(evidence.goModHash())) {
      return Optional.of(
          "pins go.mod hash " + pin.goModHash() + " but verified is " + evidence.goModHash());
    }
    return zip == null || pin.zipHashIfAny().equals(Optional.of(zip))
        ? Optional.empty()
        : Optional.of("pins zip hash " + pin.zipHash() + " but verified is " + zip);
  }

  /// What a believed verdict says lies there; empty where none is believed.
  Optional<BlobRef> signed(Files.Kind kind) {
    return opened == null ? Optional.empty() : of(kind, opened.verdict().files());
  }

  /// What the publisher says lies there, which nobody has signed.
  Optional<BlobRef> said(Files.Kind kind) {
    return of(kind, stored);
  }

  private static Optional<BlobRef> of(Files.Kind kind, Files files) {
    return switch (kind) {
      case INFO -> Optional.of(files.info());
      case MOD -> Optional.of(files.mod());
      case ZIP -> files.zipIfAny();
    };
  }

  /// Who says which h1 the file has: the verifier, and the database.
  List<Hash> hashes(Files.Kind kind) {
    var all = new ArrayList<Hash>();
    Verdict verdict = opened == null ? null : opened.verdict();
    H1 verified =
        switch (kind) {
          case INFO -> null;
          case MOD -> verdict == null ? null : verdict.goModHash();
          case ZIP -> verdict == null ? null : verdict.zipHash();
        };
    if (verified != null && opened != null) {
      all.add(new Hash(opened.signer(), verified));
    }
    SumDbEvidence sumdb = evidence.sumdb();
    if (proof != null && sumdb != null && kind != Files.Kind.INFO) {
      all.add(
          new Hash(
              Plain.of(sumdb.database()), kind == Files.Kind.ZIP ? proof.zip() : proof.goMod()));
    }
    return all;
  }

  /// @param by who has signed it
  record Hash(String by, H1 h1) {}
}
