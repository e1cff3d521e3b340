package dev.modgate.watcher.claim;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who waits for one module version.
///
/// @param carried what an event says of them: first one for each different claim, then others with
///   claims, then those without; oldest first each
/// @param count how many there are in all
public record Origins(List<Origin> carried, int count) {
  public Origins {
    carried = List.copyOf(carried);
  }

  /// Whether the verifier could decide otherwise, had it heard of these.
  public boolean canChange(ModuleRejected rejected) {
    return claimsDecide(rejected) && !said(rejected.origins()).containsAll(said(carried));
  }

  private static boolean claimsDecide(ModuleRejected rejected) {
    return switch (rejected.reason()) {
      case CLAIM_MISMATCH, UNVERIFIABLE, GO_MOD_DIFFERS -> true;
      case CLAIMS_DISAGREE,
          SUMDB_MISMATCH,
          BAD_ZIP,
          BAD_GO_MOD,
          BAD_INFO,
          TOO_LARGE,
          PUBLISHED_DIFFERS,
          BAD_SIGNATURE ->
          false;
    };
  }

  private static Set<Said> said(List<Origin> origins) {
    Set<Said> said = new HashSet<>();
    origins.forEach(origin -> origin.claims().forEach(claim -> said.add(Said.by(claim))));
    return said;
  }

  /// A claim, whoever makes it.
  record Said(Claim.Subject subject, H1 hash) {
    static Said by(Claim claim) {
      return new Said(claim.subject(), claim.hash());
    }
  }
}
