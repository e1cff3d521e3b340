package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.module.ModuleVersion;

/// The bytes of a module version are what its claims say, and may go inside.
public record ModuleVerified(RequestId request, ModuleVersion module, Want want, Evidence evidence)
    implements ModuleEvent {
  public ModuleVerified {
    requireNonNull(request, "no request");
    requireNonNull(module, "no module");
    requireNonNull(want, "no want");
    requireNonNull(evidence, "no evidence");
  }
}
