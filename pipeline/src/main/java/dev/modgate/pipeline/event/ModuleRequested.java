package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.List;

/// The watcher asks for a module version.
///
/// @param origins at most [#MAX_ORIGINS]; those with claims first
/// @param originCount how many there are in all
/// @param refusals what upstreams gave for this version and was refused: these upstreams are asked
///   last; empty for most
public record ModuleRequested(
    RequestId request,
    ModuleVersion module,
    Want want,
    List<Origin> origins,
    int originCount,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Refusal> refusals)
    implements ModuleEvent {
  public static final int MAX_ORIGINS = 10;

  public ModuleRequested {
    requireNonNull(request, "no request");
    requireNonNull(module, "no module");
    requireNonNull(want, "no want");
    requireNonNull(origins, "no origins");
    origins = List.copyOf(origins);
    refusals = Refusal.most(refusals);
    if (origins.size() > MAX_ORIGINS) {
      throw new IllegalArgumentException(
          module + ": " + origins.size() + " origins, an event carries at most " + MAX_ORIGINS);
    }
  }

  public ModuleRequested(
      RequestId request, ModuleVersion module, Want want, List<Origin> origins, int originCount) {
    this(request, module, want, origins, originCount, List.of());
  }
}
