package dev.modgate.watcher.sync;

import java.util.List;

/// The body of `GET /api/v1/syncs`.
///
/// @param syncs newest first, without their modules
public record SyncList(List<SyncView> syncs) {}
