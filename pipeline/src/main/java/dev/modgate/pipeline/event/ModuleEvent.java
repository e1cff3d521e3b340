package dev.modgate.pipeline.event;

import dev.modgate.gomod.module.ModuleVersion;

/// A fact about one module version on its way inside. One topic holds one record type ([Topic]);
/// the record key is the module path.
///
/// Every event names the request it answers: a late answer to an earlier attempt never undoes a
/// newer one.
public sealed interface ModuleEvent
    permits ModuleRequested,
        ModuleFetched,
        ModuleVerified,
        ModulePublished,
        ModuleRejected,
        ModuleDeferred {

  /// The version of all six records that this code writes and reads. A reader that meets a higher
  /// one pauses: consumers are upgraded first.
  ///
  /// No version may raise [EventJson#MAX_BYTES] or how deep its JSON is nested, at most 20: a
  /// reader looks at both before it can know the version, so an older one would take the record for
  /// unreadable, and make it a dead letter, instead of pausing.
  int VERSION = 1;

  RequestId request();

  ModuleVersion module();

  Want want();
}
