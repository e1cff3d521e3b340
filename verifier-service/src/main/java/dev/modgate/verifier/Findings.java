package dev.modgate.verifier;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.zip.ZipFault;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.pipeline.store.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the bytes of a module version hold, as plain values.
///
/// @param goModHash of the `.mod` file
/// @param declaredPath what the `.mod` calls its module; null where it has no module line
/// @param goModProblem why the `.mod` is no go.mod; null where it is one
/// @param facts what the `.mod` says for others; null where it is no go.mod
/// @param infoProblem what is wrong with the `.info`; null where it names this version
/// @param zip null for a want of `MOD`
record Findings(
    H1 goModHash,
    @Nullable String declaredPath,
    @Nullable String goModProblem,
    @Nullable GoModFacts facts,
    @Nullable String infoProblem,
    @Nullable ZipFindings zip) {
  private static final int NAMED_FAULTS = 3;

  /// How the go.mod in the zip and the `.mod` file stand to each other.
  enum GoModAgreement {
    /// The same bytes.
    EQUAL,
    /// None in the zip, or one that `+incompatible` leaves out of account; the `.mod` is the one
    /// line that then stands for it.
    SYNTHESIZED,
    /// None in the zip, and the `.mod` is more than that one line.
    NOT_SYNTHESIZED,
    DIFFERENT
  }

  /// @param sha256 of its bytes
  /// @param hash present exactly when there are no faults
  record ZipFindings(
      Sha256 sha256, Optional<H1> hash, List<ZipFault> faults, GoModAgreement agreement) {
    ZipFindings {
      faults = List.copyOf(faults);
    }

    boolean tooLarge() {
      return faults.stream().anyMatch(f -> f.kind() == ZipFault.Kind.TOO_LARGE);
    }

    /// Names the first faults and counts the others.
    String faultSentence() {
      var text = new StringBuilder("the zip, of sha256 ").append(sha256).append(", has ");
      text.append(faults.size()).append(faults.size() == 1 ? " fault: " : " faults: ");
      text.append(
          faults.stream()
              .limit(NAMED_FAULTS)
              .map(ZipFault::sentence)
              .collect(Collectors.joining(", ")));
      if (faults.size() > NAMED_FAULTS) {
        text.append(", and ").append(faults.size() - NAMED_FAULTS).append(" more");
      }
      return text.toString();
    }
  }

  Optional<ZipFindings> zipIfAny() {
    return Optional.ofNullable(zip);
  }
}
