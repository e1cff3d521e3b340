package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.module.ModuleVersion;
import java.time.Instant;

/// A module version is inside, and visible.
///
/// @param evidence of what is inside, which may be older than this request
/// @param at when it was published
public record ModulePublished(
    RequestId request, ModuleVersion module, Want want, Evidence evidence, Instant at)
    implements ModuleEvent {
  public ModulePublished {
    requireNonNull(request, "no request");
    requireNonNull(module, "no module");
    requireNonNull(want, "no want");
    requireNonNull(evidence, "no evidence");
    requireNonNull(at, "no at");
  }
}
