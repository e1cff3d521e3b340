package dev.modgate.pipeline.event;

import dev.modgate.gomod.module.ModuleVersion;
import java.util.List;

/// The watcher asks for a module version.
///
/// @param origins at most [#MAX_ORIGINS]; those with claims first
/// @param originCount how many there are in all
public record ModuleRequested(
    RequestId request, ModuleVersion module, Want want, List<Origin> origins, int originCount)
    implements ModuleEvent {
  public static final int MAX_ORIGINS = 10;

  public ModuleRequested {
    origins = List.copyOf(origins);
    if (origins.size() > MAX_ORIGINS) {
      throw new IllegalArgumentException(
          module + ": " + origins.size() + " origins, an event carries at most " + MAX_ORIGINS);
    }
  }
}
