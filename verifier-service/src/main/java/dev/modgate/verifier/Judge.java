package dev.modgate.verifier;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.toolchain.Toolchain;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import dev.modgate.verifier.sumdb.SumDbAnswer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides about one module version from what was found, what the checksum database says, and where
/// that says nothing, what is claimed. Collects every problem; the first one gives the reason.
final class Judge {
  /// Of the rules in this class.
  static final int RULES_REVISION = 0;

  private final ModuleVersion module;
  private final SumDbAnswer answer;
  private final List<String> checks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<Files.Kind> suspects = EnumSet.noneOf(Files.Kind.class);
  private final Set<Files.Kind> proven = EnumSet.noneOf(Files.Kind.class);
  private Optional<RejectReason> reason = Optional.empty();
  private boolean otherBytesMayHelp = true;

  private Judge(ModuleVersion module, SumDbAnswer answer) {
    this.module = module;
    this.answer = answer;
  }

  /// @throws IllegalArgumentException when a zip is wanted and none was looked at: a bug
  static Verdict judge(
      ModuleVersion module, Want want, Findings found, SumDbAnswer answer, List<Origin> origins) {
    var judge = new Judge(module, answer);
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
    judge.hash(Files.Kind.MOD, found.goModHash(), aboutGoMod);
    judge.smallFiles(found);
    judge.provable(
        switch (want) {
          case MOD -> aboutGoMod;
          case ZIP -> aboutZip;
        });
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
      hash(Files.Kind.ZIP, zip.hash().get(), claims);
      return;
    }
    problem(
        zip.tooLarge() ? RejectReason.TOO_LARGE : RejectReason.BAD_ZIP,
        Set.of(Files.Kind.ZIP),
        zip.faultSentence() + claims.firstInBrackets());
  }

  private void hash(Files.Kind kind, H1 computed, Claims claims) {
    switch (answer) {
      case SumDbAnswer.Proven signed -> signed(kind, computed, signed, claims);
      case SumDbAnswer.Unknown _ -> {
        // no claim can prove what the database does not know
      }
      case SumDbAnswer.NotAsked _ -> claims(kind, computed, claims);
    }
  }

  /// Whatever is claimed: a wrong claim is the error of the sync that makes it.
  private void signed(Files.Kind kind, H1 computed, SumDbAnswer.Proven signed, Claims claims) {
    H1 proof =
        switch (claims.subject()) {
          case ZIP -> signed.proof().zip();
          case GO_MOD -> signed.proof().goMod();
        };
    if (!computed.equals(proof)) {
      problem(
          RejectReason.SUMDB_MISMATCH,
          Set.of(kind),
          claims.name()
              + " hash is "
              + computed
              + " but "
              + signed.database()
              + " signed "
              + proof
              + ", "
              + signed.where());
      return;
    }
    proven.add(kind);
    checks.add(
        claims.name()
            + " hash "
            + computed
            + " is what "
            + signed.database()
            + " signed, "
            + signed.where());
    if (claims.against(computed) instanceof Claims.Outcome.Proven agreed) {
      checks.add(agreement(claims, computed, agreed));
    }
  }

  private static String agreement(Claims claims, H1 computed, Claims.Outcome.Proven agreed) {
    return claims.name()
        + " hash "
        + computed
        + " is what "
        + agreed.first().where()
        + " claims"
        + (agreed.count() == 1 ? "" : ", and " + (agreed.count() - 1) + " more");
  }

  private void claims(Files.Kind kind, H1 computed, Claims claims) {
    switch (claims.against(computed)) {
      case Claims.Outcome.Nothing() -> {
        // whether it is missed, is decided at the end
      }
      case Claims.Outcome.Proven agreed -> {
        proven.add(kind);
        checks.add(agreement(claims, computed, agreed));
      }
      case Claims.Outcome.Mismatch(var first, var actual) ->
          problem(
              RejectReason.CLAIM_MISMATCH,
              Set.of(kind),
              claims.name()
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
                  + claims.name()
                  + " hash "
                  + one.claim().hash()
                  + " but "
                  + other.where()
                  + " claims "
                  + other.claim().hash()
                  + ", and nothing decides between them; the bytes have "
                  + computed);
    }
  }

  private void agreement(Findings.GoModAgreement agreement, Claims aboutGoMod) {
    switch (agreement) {
      case EQUAL -> checks.add("the go.mod in the zip is the .mod, byte for byte");
      case SYNTHESIZED -> checks.add("the .mod is what stands for a module without a go.mod");
      case NOT_SYNTHESIZED -> {
        // Somebody's proxy made up another one; only a go.sum line or the database can prove that.
        if (aboutGoMod.all().isEmpty() && !(answer instanceof SumDbAnswer.Proven)) {
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

  /// @param needed about what is wanted
  private void provable(Claims needed) {
    switch (answer) {
      case SumDbAnswer.Proven _ -> {
        // proven, or refused already
      }
      case SumDbAnswer.Unknown(var database, var text) ->
          problem(
              RejectReason.UNVERIFIABLE,
              Set.of(),
              "the checksum database "
                  + database
                  + " does not know it ("
                  + Quoted.of(text.strip())
                  + "), so nothing proves the bytes; where it is private, name it in"
                  + " modgate.verifier.no-sumdb");
      case SumDbAnswer.NotAsked(var why) -> {
        checks.add(why);
        if (module.path().equals(Toolchain.MODULE)) { // no go.sum has one, and go asks as well
          problem(
              RejectReason.UNVERIFIABLE,
              Set.of(),
              "it is a toolchain, which the checksum database alone can prove, but " + why);
        } else if (needed.all().isEmpty()) {
          problem(
              RejectReason.UNVERIFIABLE,
              Set.of(),
              "no go.sum line claims a hash of its "
                  + needed.name()
                  + ", so nothing proves the bytes");
        }
      }
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
