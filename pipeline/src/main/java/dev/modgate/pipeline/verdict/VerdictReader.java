package dev.modgate.pipeline.verdict;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.Sha256;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Reads the text of one verdict; used once.
final class VerdictReader {
  private final Deque<String> lines;

  private VerdictReader(String text) {
    this.lines = new ArrayDeque<>(text.lines().toList());
  }

  /// @throws IllegalArgumentException saying what is no line of a verdict
  static Verdict read(String text) {
    Verdict verdict;
    try {
      verdict = new VerdictReader(text).read();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("time of the verdict: " + e.getMessage(), e);
    }
    if (!verdict.text().equals(text)) {
      throw new IllegalArgumentException("verdict is not in the one form that it has");
    }
    return verdict;
  }

  private Verdict read() {
    if (!next("").equals(Verdict.FIRST_LINE)) {
      throw new IllegalArgumentException("text does not begin with " + Verdict.FIRST_LINE);
    }
    var module = ModuleVersion.parse(next("module "));
    Want want = want(next("want "));
    BlobRef info = file(next("info sha256:"));
    BlobRef mod = file(next("mod sha256:"));
    BlobRef zip = want == Want.ZIP ? file(next("zip sha256:")) : null;
    var goModHash = new H1(next("hash go.mod "));
    H1 zipHash = want == Want.ZIP ? new H1(next("hash zip ")) : null;
    int rules = Integer.parseInt(next("rules "));
    Verdict.ProvenBy provenBy = provenBy(next("proof "));
    var evidence = new Sha256(next("evidence sha256:"));
    var verifiedAt = Instant.parse(next("verified "));
    return new Verdict(
        module,
        want,
        new Files(info, mod, zip),
        zipHash,
        goModHash,
        rules,
        provenBy,
        evidence,
        verifiedAt);
  }

  private String next(String prefix) {
    String line = lines.isEmpty() ? "" : lines.removeFirst();
    if (!line.startsWith(prefix)) {
      throw new IllegalArgumentException(
          "line " + Quoted.of(line) + " of the verdict, want one that begins with " + prefix);
    }
    return line.substring(prefix.length());
  }

  private static Want want(String name) {
    for (Want want : Want.values()) {
      if (EventJson.wireName(want).equals(name)) {
        return want;
      }
    }
    throw new IllegalArgumentException("want " + Quoted.of(name) + " of the verdict is unknown");
  }

  private static BlobRef file(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "file " + Quoted.of(text) + " of the verdict, want a SHA-256 and a size");
    }
    return new BlobRef(new Sha256(parts[0]), number(parts[1]));
  }

  private static Verdict.ProvenBy provenBy(String text) {
    if (text.equals("claims")) {
      return new Verdict.ProvenBy.Claims();
    }
    String[] parts = text.split(" ", -1);
    if (parts.length != 8 || !parts[0].equals("sumdb")) {
      throw new IllegalArgumentException("proof " + Quoted.of(text) + " of the verdict is unknown");
    }
    return new Verdict.ProvenBy.Database(parts[1], number(parts[3]), number(parts[5]), parts[7]);
  }

  private static long number(String text) {
    if (!text.matches("0|[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException(Quoted.of(text) + " of the verdict is no number");
    }
    return Long.parseLong(text);
  }
}
