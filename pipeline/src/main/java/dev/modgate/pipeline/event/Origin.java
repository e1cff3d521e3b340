package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// Who needs a module version, and what they assert about it.
///
/// @param sync the id of the sync
/// @param claims empty where the sync came without a go.sum line for this version; at most 20 are
///   kept
public record Origin(String sync, List<Claim> claims) {
  public Origin {
    requireNonNull(sync, "no sync");
    requireNonNull(claims, "no claims");
    claims = Limits.first(Limits.CLAIMS, claims);
  }
}
