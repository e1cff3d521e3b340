package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.module.ModuleVersion;
import org.jspecify.annotations.Nullable;

/// The bytes of a module version are what its claims say, and may go inside.
///
/// @param goMod what its go.mod says; null in events of code that did not tell
public record ModuleVerified(
    RequestId request,
    ModuleVersion module,
    Want want,
    Evidence evidence,
    @Nullable GoModFacts goMod)
    implements ModuleEvent {
  public ModuleVerified {
    requireNonNull(request, "no request");
    requireNonNull(module, "no module");
    requireNonNull(want, "no want");
    requireNonNull(evidence, "no evidence");
  }

  /// Without a word on its go.mod.
  public ModuleVerified(RequestId request, ModuleVersion module, Want want, Evidence evidence) {
    this(request, module, want, evidence, null);
  }
}
