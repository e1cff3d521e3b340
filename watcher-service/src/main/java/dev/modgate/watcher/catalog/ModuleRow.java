package dev.modgate.watcher.catalog;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import org.jspecify.annotations.Nullable;

/// What the database holds of one want of one module version.
///
/// @param deferrals since a sync last asked
/// @param zipHash of what is inside, if anything
public record ModuleRow(
    ModuleVersion module,
    Want want,
    ModuleState state,
    RequestId request,
    int deferrals,
    @Nullable H1 zipHash,
    @Nullable H1 goModHash) {

  /// The same row with a new attempt on its way.
  public ModuleRow askedAgain() {
    return askedAgain(request.attempt());
  }

  /// The same row with a new attempt on its way, after the row's own and after the one that was
  /// answered: that may be later, where the database was restored from a backup.
  public ModuleRow askedAgain(int answered) {
    var next = new RequestId(request.id(), Math.max(request.attempt(), answered) + 1);
    return new ModuleRow(module, want, ModuleState.REQUESTED, next, deferrals, zipHash, goModHash);
  }
}
