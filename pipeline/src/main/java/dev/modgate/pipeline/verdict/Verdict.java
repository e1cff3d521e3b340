package dev.modgate.pipeline.verdict;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is signed: that these bytes are this module version, and why. The package has the text.
///
/// @param zipHash null for a want of `MOD`
/// @param rulesRevision of the rules it was judged by
/// @param evidence over the evidence without its verdict
public record Verdict(
    ModuleVersion module,
    Want want,
    Files files,
    @Nullable H1 zipHash,
    H1 goModHash,
    int rulesRevision,
    ProvenBy provenBy,
    Sha256 evidence,
    Instant verifiedAt) {
  static final String FIRST_LINE = "modgate verdict v1";

  /// What stands against the bytes.
  public sealed interface ProvenBy {
    /// @param name of the database, without spaces
    /// @param rootHash of the tree, in base64
    record Database(String name, long record, long treeSize, String rootHash) implements ProvenBy {
      public Database {
        if (!isWord(name) || !isWord(rootHash)) {
          throw new IllegalArgumentException(
              "database "
                  + Quoted.of(name)
                  + " or root hash "
                  + Quoted.of(rootHash)
                  + " is no word");
        }
      }
    }

    /// go.sum lines alone.
    record Claims() implements ProvenBy {}
  }

  /// @throws IllegalArgumentException when the two wants of one thing disagree, or a text of the
  ///   evidence can't stand in a verdict
  public Verdict {
    boolean zip = want == Want.ZIP;
    if (zip != (files.zip() != null) || zip != (zipHash != null)) {
      throw new IllegalArgumentException(
          module + ": a want of " + EventJson.wireName(want) + " and its files don't agree");
    }
  }

  /// What signing this evidence says.
  ///
  /// @throws IllegalArgumentException as the constructor
  public static Verdict of(ModuleVersion module, Want want, Evidence evidence) {
    SumDbEvidence sumdb = evidence.sumdb();
    return new Verdict(
        module,
        want,
        evidence.files(),
        evidence.zipHash(),
        evidence.goModHash(),
        evidence.rulesRevision(),
        sumdb == null
            ? new ProvenBy.Claims()
            : new ProvenBy.Database(
                sumdb.database(), sumdb.record(), sumdb.treeSize(), sumdb.rootHash()),
        Sha256.of(EventJson.mapper().writeValueAsBytes(evidence.withVerdict(null))),
        evidence.verifiedAt());
  }

  public String text() {
    var out = new StringBuilder(FIRST_LINE).append('\n');
    out.append("module ").append(module).append('\n');
    out.append("want ").append(EventJson.wireName(want)).append('\n');
    file(out, "info", files.info());
    file(out, "mod", files.mod());
    BlobRef zip = files.zip();
    if (zip != null) {
      file(out, "zip", zip);
    }
    out.append("hash go.mod ").append(goModHash).append('\n');
    if (zipHash != null) {
      out.append("hash zip ").append(zipHash).append('\n');
    }
    out.append("rules ").append(rulesRevision).append('\n');
    switch (provenBy) {
      case ProvenBy.Database(var name, var record, var treeSize, var rootHash) ->
          out.append("proof sumdb ")
              .append(name)
              .append(" record ")
              .append(record)
              .append(" tree ")
              .append(treeSize)
              .append(" root ")
              .append(rootHash)
              .append('\n');
      case ProvenBy.Claims() -> out.append("proof claims\n");
    }
    out.append("evidence sha256:").append(evidence).append('\n');
    return out.append("verified ").append(verifiedAt).append('\n').toString();
  }

  private static void file(StringBuilder out, String name, BlobRef file) {
    out.append(name).append(" sha256:").append(file.sha256());
    out.append(' ').append(file.size()).append('\n');
  }

  /// How this one differs from what was signed: the first line that does, with both sides.
  public Optional<String> differenceFrom(Verdict signed) {
    List<String> mine = text().lines().toList();
    List<String> theirs = signed.text().lines().toList();
    for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
      String said = i < mine.size() ? mine.get(i) : "";
      String was = i < theirs.size() ? theirs.get(i) : "";
      if (!said.equals(was)) {
        return Optional.of("it says " + Quoted.of(said) + " but signed is " + Quoted.of(was));
      }
    }
    return Optional.empty();
  }

  private static boolean isWord(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
