package dev.modgate.standalone;

import org.jspecify.annotations.Nullable;

/// What the running process of a data folder says about itself, in `run.json`.
///
/// @param api base URL of console and API
/// @param gateway base URL for GOPROXY
/// @param broker Kafka's bootstrap servers
/// @param upstreams GOPROXY list in force, without credentials
/// @param ready whether all services have started
/// @param sumdb the checksum database that is asked, or `off`; null where an older one runs
public record RunInfo(
    long pid,
    String api,
    String gateway,
    String broker,
    String upstreams,
    boolean ready,
    @Nullable String sumdb) {

  RunInfo asking(String database) {
    return new RunInfo(pid, api, gateway, broker, upstreams, ready, database);
  }

  /// Whether nothing but go.sum lines proves what goes inside.
  public boolean asksNoDatabase() {
    return "off".equals(sumdb);
  }
}
