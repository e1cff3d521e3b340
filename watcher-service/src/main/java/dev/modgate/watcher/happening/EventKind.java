package dev.modgate.watcher.happening;

import dev.modgate.pipeline.event.EventJson;

/// Of what a channel wants to hear, by the names of the settings: `sync-done`.
public enum EventKind {
  SYNC_DONE,
  SYNC_FAILED,
  SYNC_CANCELLED,
  MODULE_REFUSED,
  /// Somebody may have changed bytes, or a checksum database shows two histories.
  SECURITY;

  public String wireName() {
    return EventJson.wireName(this);
  }
}
