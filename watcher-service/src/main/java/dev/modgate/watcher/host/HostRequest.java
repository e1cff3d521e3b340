package dev.modgate.watcher.host;

import java.util.Optional;

/// What is asked of a host's API.
///
/// @param path below the API's root, encoded, without a slash before it
/// @param json of the body
record HostRequest(String method, String path, Optional<String> json) {
  static HostRequest get(String path) {
    return new HostRequest("GET", path, Optional.empty());
  }
}
