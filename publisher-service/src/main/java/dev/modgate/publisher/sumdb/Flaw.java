package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import java.util.Optional;

/// Something of the database inside that is not what its signed tree says.
///
/// @param sentence for people, of the object without naming it; where nothing was done, what to do
/// @param ask the version that has to be fetched and verified again, before what lies there is
///   taken away; empty where that would not help
/// @param seen what was looked at, where it may have to be taken away: nothing else is
public record Flaw(
    ObjectKey key,
    Fault fault,
    String sentence,
    Cure cure,
    Optional<ModuleVersion> ask,
    Optional<Revision> seen) {
  static Flaw of(ObjectKey key, Fault fault, String sentence, Cure cure) {
    return new Flaw(key, fault, sentence, cure, Optional.empty(), Optional.empty());
  }

  static Flaw toAskFor(
      ModuleVersion module, ObjectKey key, Fault fault, String sentence, Optional<Revision> seen) {
    return new Flaw(key, fault, sentence, Cure.NONE, Optional.of(module), seen);
  }
}
