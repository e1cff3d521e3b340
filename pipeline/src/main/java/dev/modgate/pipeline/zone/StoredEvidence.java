package dev.modgate.pipeline.zone;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.store.BlobRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/// Evidence as it lies beside a module: what was signed stays as it was signed, whichever bytes lie
/// there.
///
/// @param evidence that the verdict in it is of, to the last letter
/// @param stored the bytes that lie there, of this delivery or an earlier one; signed by nobody
public record StoredEvidence(Evidence evidence, Files stored) {
  /// Largest one, in bytes: what an event may carry, and three files.
  public static final int MAX_BYTES = EventJson.MAX_BYTES + 4096;

  public StoredEvidence {
    requireNonNull(evidence, "no evidence");
    requireNonNull(stored, "no stored files");
  }

  /// The evidence with the bytes that lie there in place of those that were delivered, and a word
  /// about each that differs. Its verdict is of the evidence before that.
  public Evidence ofStored() {
    Files delivered = evidence.files();
    List<String> checks = new ArrayList<>(evidence.checks());
    if (stored.zip() != null && !stored.zip().equals(delivered.zip())) {
      checks.add(earlier(".zip", stored.zip()));
    }
    if (!stored.mod().equals(delivered.mod())) {
      checks.add(earlier(".mod", stored.mod()));
    }
    if (!stored.info().equals(delivered.info())) {
      checks.add(earlier(".info", stored.info()));
    }
    return new Evidence(
        evidence.fetch(),
        stored,
        evidence.zipHash(),
        evidence.goModHash(),
        evidence.origins(),
        checks,
        evidence.rulesRevision(),
        evidence.verifiedAt(),
        evidence.sumdb(),
        evidence.verdict());
  }

  private static String earlier(String file, BlobRef stored) {
    return "the "
        + file
        + " inside is of an earlier delivery, which stays: sha256 "
        + stored.sha256()
        + ", "
        + stored.size()
        + " bytes";
  }

  public byte[] toJson() {
    return EventJson.mapper().writeValueAsBytes(this);
  }

  /// @throws IOException when it is none
  public static StoredEvidence read(byte[] json) throws IOException {
    try {
      return EventJson.mapper().readValue(json, StoredEvidence.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          "evidence is unreadable: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
  }
}
