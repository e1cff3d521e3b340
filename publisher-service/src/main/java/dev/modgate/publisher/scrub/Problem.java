package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.zone.ScrubState.Fault;

/// Something that is not as the evidence says.
///
/// @param takeAway whether what lies there must not lie there
record Problem(ObjectKey key, Fault fault, String sentence, boolean takeAway) {
  static Problem wrong(ObjectKey key, Fault fault, String sentence) {
    return new Problem(key, fault, "\"" + key + "\" " + sentence, true);
  }

  static Problem lacking(ObjectKey key, Fault fault, String sentence) {
    return new Problem(key, fault, "\"" + key + "\" " + sentence, false);
  }
}
