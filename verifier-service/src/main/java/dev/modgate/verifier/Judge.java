package dev.modgate.verifier;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.zip.ZipFault;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides about one module version from what was found and what is claimed. Collects every
/// problem; the first one gives the reason.
final class Judge {
  /// Of the rules in this class.
  static final int RULES_REVISION = 0;

  private static final int NAMED_FAULTS = 3;

  private final ModuleVersion module;
  private final List<String> checks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<Files.Kind> suspects = EnumSet.noneOf(Files.Kind.class);
  private final Set<Files.Kind> proven = EnumSet.noneOf(Files.Kind.class);
  private Optional<RejectReason> reason = Optional.empty();
  private boolean otherBytesMayHelp = true;

  private Judge(ModuleVersion module) {
    this.module = module;
  }

  /// @throws IllegalArgumentException when a zip is wanted and none was looked at: a bug
  static Verdict judge(ModuleVersion module, Want want, Findings found, List<Origin> origins) {
    var judge = new Judge(module);
    Claims aboutZip = Claims.about(Claim.Subject.ZIP, origins);
    Claims aboutGoMod = Claims.about(Claim.Subject.GO_MOD, origins);
    Optional<H1> zipHash =
        switch (want) {
          case MOD -> Optional.empty();
          case ZIP -> {
            Findings.ZipFindings zip =
                found
                    .zipIfAny()
                    .orElseThrow(() -> new IllegalArgumentException(module + ": no zip found"));
            judge.zip(zip, aboutZip);
            if (zip.faults().isEmpty()) { // else nobody knows which go.mod is in it
              judge.agreement(zip.agreement(), aboutGoMod);
            }
            yield zip.hash();
          }
        };
    boolean goModClaimed = judge.claims(Files.Kind.MOD, found.goModHash(), aboutGoMod);
    judge.smallFiles(found);
    judge.provable(want, !aboutZip.all().isEmpty(), goModClaimed);
    return judge.verdict(zipHash, found.goModHash());
  }

  private Verdict verdict(Optional<H1> zipHash, H1 goModHash) {
    if (reason.isEmpty()) {
      return new Verdict.Accepted(zipHash.orElse(null), goModHash, checks);
    }
    suspects.removeAll(proven);
    return new Verdict.Refused(
        reason.get(), String.join("; ", problems), otherBytesMayHelp ? suspects : Set.of());
  }

  private void zip(Findings.ZipFindings zip, Claims claims) {
    if (zip.hash().isPresent()) {
      checks.add("the zip keeps the rules for module zips");
      claims(Files.Kind.ZIP, zip.hash().get(), claims);
      return;
    }
    List<ZipFault> faults = zip.faults();
    boolean tooLarge = faults.stream().anyMatch(f -> f.kind() == ZipFault.Kind.TOO_LARGE);
    var text = new StringBuilder();
    faults.stream().limit(NAMED_FAULTS).forEach(f -> text.append(", ").append(f.sentence()));
    if (faults.size() > NAMED_FAULTS) {
      text.append(", and ").append(faults.size() - NAMED_FAULTS).append(" more");
    }
    String claimed =
        claims.all().isEmpty()
            ? ""
            : " ("
                + claims.all().getFirst().where()
                + " claims "
                + claims.all().getFirst().claim().hash()
                + ")";
    problem(
        tooLarge ? RejectReason.TOO_LARGE : RejectReason.BAD_ZIP,
        Set.of(Files.Kind.ZIP),
        "the zip, of sha256 "
            + zip.sha256()
            + ", has "
            + faults.size()
            + (faults.size() == 1 ? " fault: " : " faults: ")
            + text.substring(2)
            + claimed);
  }

  /// @return whether anything is claimed
  private boolean claims(Files.Kind kind, H1 computed, Claims claims) {
    String subject =
        switch (claims.subject()) {
          case ZIP -> "zip";
          case GO_MOD -> "go.mod";
        };
    switch (claims.against(computed)) {
      case Claims.Outcome.Nothing() -> {
        return false;
      }
      case Claims.Outcome.Proven(var first, var count) -> {
        proven.add(kind);
        checks.add(
            subject
                + " hash "
                + computed
                + " is what "
                + first.where()
                + " claims"
                + (count == 1 ? "" : ", and " + (count - 1) + " more"));
      }
      case Claims.Outcome.Mismatch(var first, var actual) ->
          problem(
              RejectReason.CLAIM_MISMATCH,
              Set.of(kind),
              subject
                  + " hash is "
                  + actual
                  + " but "
                  + first.where()
                  + " claims "
                  + first.claim().hash());
      case Claims.Outcome.Disagree(var one, var other) ->
          problem(
              RejectReason.CLAIMS_DISAGREE,
              Set.of(),
              one.where()
                  + " claims "
                  + subject
                  + " hash "
                  + one.claim().hash()
                  + " but "
                  + other.where()
                  + " claims "
                  + other.claim().hash()
                  + ", and nothing decides between them; the bytes have "
                  + computed);
    }
    return true;
  }

  private void agreement(Findings.GoModAgreement agreement, Claims aboutGoMod) {
    switch (agreement) {
      case EQUAL -> checks.add("the go.mod in the zip is the .mod, byte for byte");
      case SYNTHESIZED -> checks.add("the .mod is what stands for a module without a go.mod");
      case NOT_SYNTHESIZED -> {
        // Somebody's proxy made up another one; only a go.sum line can prove that.
        if (aboutGoMod.all().isEmpty()) {
          problem(
              RejectReason.GO_MOD_DIFFERS,
              Set.of(Files.Kind.MOD, Files.Kind.ZIP),
              "the zip has no go.mod, and the .mod is more than \"module " + module.path() + "\"");
        }
      }
      case DIFFERENT ->
          problem(
              RejectReason.GO_MOD_DIFFERS,
              Set.of(Files.Kind.MOD, Files.Kind.ZIP),
              "the go.mod in the zip is not the .mod");
    }
  }

  private void smallFiles(Findings found) {
    String declared = found.declaredPath();
    if (found.goModProblem() != null) {
      problem(
          RejectReason.BAD_GO_MOD,
          Set.of(Files.Kind.MOD),
          "the .mod is no go.mod: " + found.goModProblem());
    } else if (declared == null || declared.equals(module.path().value())) {
      checks.add("the .mod is a go.mod of this module");
    } else {
      checks.add(
          "the .mod declares module path "
              + Quoted.of(declared)
              + ": usable through a replace only");
    }
    if (found.infoProblem() != null) {
      problem(RejectReason.BAD_INFO, Set.of(Files.Kind.INFO), found.infoProblem());
    } else {
      checks.add("the .info names this version");
    }
  }

  private void provable(Want want, boolean zipClaimed, boolean goModClaimed) {
    String missing =
        switch (want) {
          case ZIP -> zipClaimed ? "" : "zip";
          case MOD -> goModClaimed ? "" : "go.mod";
        };
    if (!missing.isEmpty()) {
      problem(
          RejectReason.UNVERIFIABLE,
          Set.of(),
          "no go.sum line claims a hash of its " + missing + ", so nothing proves the bytes");
    }
  }

  private void problem(RejectReason why, Set<Files.Kind> files, String sentence) {
    problems.add(sentence);
    suspects.addAll(files);
    otherBytesMayHelp &= why.blamesBytes();
    if (reason.isEmpty()) {
      reason = Optional.of(why);
    }
  }
}
