package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.dirhash.H1;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a module version was accepted. Kept beside the module in the zone store, so that it outlives
/// the watcher's database.
///
/// @param zipHash null for a want of `MOD`
/// @param origins those that the request named, at most [ModuleRequested#MAX_ORIGINS]
/// @param checks each check that passed, one sentence a check, at most 50
/// @param rulesRevision of the rules it was judged by
/// @param sumdb null where no checksum database spoke
/// @param verdict the note in which the verifier has signed all of this ({@link
///   dev.modgate.pipeline.verdict}); null before it has, and in evidence of code that did not sign
public record Evidence(
    Fetch fetch,
    Files files,
    @Nullable H1 zipHash,
    H1 goModHash,
    List<Origin> origins,
    List<String> checks,
    int rulesRevision,
    Instant verifiedAt,
    @Nullable SumDbEvidence sumdb,
    @Nullable String verdict) {
  public Evidence {
    requireNonNull(fetch, "no fetch");
    requireNonNull(files, "no files");
    requireNonNull(goModHash, "no goModHash");
    requireNonNull(origins, "no origins");
    requireNonNull(checks, "no checks");
    requireNonNull(verifiedAt, "no verifiedAt");
    origins = List.copyOf(origins);
    checks = Limits.first(Limits.CHECKS, checks).stream().map(Limits::sentence).toList();
  }

  /// Without the word of a checksum database.
  public Evidence(
      Fetch fetch,
      Files files,
      @Nullable H1 zipHash,
      H1 goModHash,
      List<Origin> origins,
      List<String> checks,
      int rulesRevision,
      Instant verifiedAt) {
    this(fetch, files, zipHash, goModHash, origins, checks, rulesRevision, verifiedAt, null);
  }

  /// Not signed yet.
  public Evidence(
      Fetch fetch,
      Files files,
      @Nullable H1 zipHash,
      H1 goModHash,
      List<Origin> origins,
      List<String> checks,
      int rulesRevision,
      Instant verifiedAt,
      @Nullable SumDbEvidence sumdb) {
    this(fetch, files, zipHash, goModHash, origins, checks, rulesRevision, verifiedAt, sumdb, null);
  }

  /// The same with another verdict, or without one.
  public Evidence withVerdict(@Nullable String note) {
    return new Evidence(
        fetch, files, zipHash, goModHash, origins, checks, rulesRevision, verifiedAt, sumdb, note);
  }
}
