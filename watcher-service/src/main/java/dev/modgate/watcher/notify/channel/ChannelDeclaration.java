package dev.modgate.watcher.notify.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A channel as it stands below `modgate.watcher.notifications.channels.<name>`; `watcher.yml`
/// explains each key.
///
/// @param kind a {@link ChannelKind}
/// @param url or a reference to it
public record ChannelDeclaration(
    @Nullable String kind,
    @Nullable String url,
    @Nullable List<String> secrets,
    @Nullable String caFile,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String tls,
    @Nullable String credential,
    @Nullable String from,
    @Nullable List<String> to,
    @Nullable String language,
    @Nullable List<String> events,
    @Nullable List<String> sources,
    @Nullable List<String> owners,
    @Nullable String linkBase) {

  /// Without what lets somebody in.
  @Override
  public String toString() {
    return "ChannelDeclaration[kind " + kind + "]";
  }
}
