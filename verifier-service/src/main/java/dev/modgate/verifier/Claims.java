package dev.modgate.verifier;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Origin;
import java.util.List;

/// What the origins of a request assert about one subject.
///
/// @param all of this subject, in the order of the request
record Claims(Claim.Subject subject, List<Stated> all) {

  /// A claim and the sync that states it.
  record Stated(String sync, Claim claim) {
    String where() {
      return Plain.of(claim.file()) + ":" + claim.line() + " of sync " + Plain.of(sync);
    }
  }

  /// How claims and bytes stand to each other.
  sealed interface Outcome {
    record Nothing() implements Outcome {}

    /// @param first the claim that the sentence names
    record Proven(Stated first, int count) implements Outcome {}

    record Mismatch(Stated first, H1 computed) implements Outcome {}

    /// Whatever the bytes hash to: nothing decides between the two.
    record Disagree(Stated one, Stated other) implements Outcome {}
  }

  Claims {
    all = List.copyOf(all);
  }

  static Claims about(Claim.Subject subject, List<Origin> origins) {
    return new Claims(
        subject,
        origins.stream()
            .flatMap(o -> o.claims().stream().map(c -> new Stated(o.sync(), c)))
            .filter(stated -> stated.claim().subject() == subject)
            .toList());
  }

  /// Of what is claimed, for sentences.
  String name() {
    return switch (subject) {
      case ZIP -> "zip";
      case GO_MOD -> "go.mod";
    };
  }

  /// The first one, to be added to a sentence; empty where there is none.
  String firstInBrackets() {
    return all.isEmpty()
        ? ""
        : " (" + all.getFirst().where() + " claims " + all.getFirst().claim().hash() + ")";
  }

  Outcome against(H1 computed) {
    if (all.isEmpty()) {
      return new Outcome.Nothing();
    }
    Stated first = all.getFirst();
    for (Stated other : all) {
      if (!other.claim().hash().equals(first.claim().hash())) {
        return new Outcome.Disagree(first, other);
      }
    }
    return first.claim().hash().equals(computed)
        ? new Outcome.Proven(first, all.size())
        : new Outcome.Mismatch(first, computed);
  }
}
