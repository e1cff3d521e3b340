package dev.modgate.pipeline.event;

import dev.modgate.gomod.module.ModuleVersion;
import java.util.List;

/// The bytes of a module version are in the blob store; nothing is proven about them.
public record ModuleFetched(
    RequestId request,
    ModuleVersion module,
    Want want,
    List<Origin> origins,
    int originCount,
    Fetch fetch,
    Files files)
    implements ModuleEvent {
  public ModuleFetched {
    origins = List.copyOf(origins);
  }
}
