package dev.modgate.pipeline.event;

import dev.modgate.gomod.module.ModuleVersion;
import java.time.Instant;

/// A module version can't be had now. The watcher asks again later, if that can help.
///
/// @param sentence names the module and what went wrong; for people; cut at 4,000 characters
public record ModuleDeferred(
    RequestId request,
    ModuleVersion module,
    Want want,
    StageName stage,
    DeferReason reason,
    String sentence,
    Instant at)
    implements ModuleEvent {
  public ModuleDeferred {
    sentence = Limits.sentence(sentence);
  }
}
