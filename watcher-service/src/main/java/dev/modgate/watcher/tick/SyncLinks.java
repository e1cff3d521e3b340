package dev.modgate.watcher.tick;

import java.net.URI;

/// Where people find a sync.
///
/// @param site without a slash at its end
public record SyncLinks(URI site) {
  public SyncLinks {
    site = URI.create(site.toString().replaceFirst("/+$", ""));
  }

  /// @param sync its id
  URI of(String sync) {
    return URI.create(site + "/api/v1/syncs/" + sync);
  }
}
