package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.gomod.module.ModuleVersion;
import java.time.Instant;
import java.util.List;

/// A module version can't be had now. The watcher asks again later, if that can help.
///
/// @param sentence names the module and what went wrong; for people; cut at 4,000 characters
/// @param refusals for [DeferReason#WRONG_BYTES]: all so far, for the next request to carry
public record ModuleDeferred(
    RequestId request,
    ModuleVersion module,
    Want want,
    StageName stage,
    DeferReason reason,
    String sentence,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Refusal> refusals)
    implements ModuleEvent {
  public ModuleDeferred {
    requireNonNull(request, "no request");
    requireNonNull(module, "no module");
    requireNonNull(want, "no want");
    requireNonNull(stage, "no stage");
    requireNonNull(reason, "no reason");
    requireNonNull(sentence, "no sentence");
    requireNonNull(at, "no at");
    sentence = Limits.sentence(sentence);
    refusals = Refusal.most(refusals);
  }

  public ModuleDeferred(
      RequestId request,
      ModuleVersion module,
      Want want,
      StageName stage,
      DeferReason reason,
      String sentence,
      Instant at) {
    this(request, module, want, stage, reason, sentence, at, List.of());
  }
}
