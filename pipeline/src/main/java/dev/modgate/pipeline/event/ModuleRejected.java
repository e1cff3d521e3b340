package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.module.ModuleVersion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A module version is refused. Never tried again by itself; a person's new sync asks again.
///
/// @param sentence names the module and both sides of what differs; for people; cut at 4,000
///   characters
/// @param origins whose request this answers
/// @param fetch where the refused bytes came from; null where nothing was fetched
public record ModuleRejected(
    RequestId request,
    ModuleVersion module,
    Want want,
    StageName stage,
    RejectReason reason,
    String sentence,
    List<Origin> origins,
    @Nullable Fetch fetch,
    int rulesRevision,
    Instant at)
    implements ModuleEvent {
  public ModuleRejected {
    requireNonNull(request, "no request");
    requireNonNull(module, "no module");
    requireNonNull(want, "no want");
    requireNonNull(stage, "no stage");
    requireNonNull(reason, "no reason");
    requireNonNull(sentence, "no sentence");
    requireNonNull(origins, "no origins");
    requireNonNull(at, "no at");
    sentence = Limits.sentence(sentence);
    origins = List.copyOf(origins);
  }
}
