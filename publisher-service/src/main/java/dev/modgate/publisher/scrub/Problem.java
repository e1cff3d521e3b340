package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.publisher.sumdb.Flaw;
import java.util.Optional;

/// Something that is not as the evidence says.
///
/// @param takeAway whether what lies there must not lie there
/// @param seen what was looked at, where that is known: nothing else is taken away
record Problem(
    ObjectKey key, Fault fault, String sentence, boolean takeAway, Optional<Revision> seen) {
  static Problem wrong(ObjectKey key, Fault fault, String sentence) {
    return new Problem(key, fault, "\"" + key + "\" " + sentence, true, Optional.empty());
  }

  /// Of a lookup, which is made anew.
  static Problem of(Flaw flaw) {
    String sentence = "\"" + flaw.key() + "\" " + flaw.sentence();
    return new Problem(flaw.key(), flaw.fault(), sentence, true, flaw.seen());
  }

  static Problem lacking(ObjectKey key, Fault fault, String sentence) {
    return new Problem(key, fault, "\"" + key + "\" " + sentence, false, Optional.empty());
  }

  Problem at(Revision revision) {
    return new Problem(key, fault, sentence, takeAway, Optional.of(revision));
  }
}
