package dev.modgate.watcher.plan;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Want;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One module version that a sync needs, and what it claims about it.
public record PlanItem(ModuleVersion module, Want want, List<Claim> claims) {
  public PlanItem {
    claims = List.copyOf(claims);
  }

  /// Why the claims contradict what is inside; empty where they don't.
  ///
  /// @param zipHash null where only the go.mod is inside
  public Optional<String> contradiction(@Nullable H1 zipHash, @Nullable H1 goModHash) {
    return claims.stream()
        .flatMap(claim -> contradiction(module, claim, zipHash, goModHash).stream())
        .findFirst();
  }

  /// Why one claim contradicts what is inside.
  public static Optional<String> contradiction(
      ModuleVersion module, Claim claim, @Nullable H1 zipHash, @Nullable H1 goModHash) {
    H1 inside =
        switch (claim.subject()) {
          case ZIP -> zipHash;
          case GO_MOD -> goModHash;
        };
    if (inside == null || inside.equals(claim.hash())) {
      return Optional.empty();
    }
    String what =
        switch (claim.subject()) {
          case ZIP -> "zip";
          case GO_MOD -> "go.mod";
        };
    return Optional.of(
        "%s: the %s inside has %s but %s:%d claims %s"
            .formatted(module, what, inside, Plain.of(claim.file()), claim.line(), claim.hash()));
  }
}
