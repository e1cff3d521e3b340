package dev.modgate.standalone;

import dev.modgate.gomod.sumdb.GoSumDb;
import org.jspecify.annotations.Nullable;

/// What the running process of a data folder says about itself, in `run.json`.
///
/// @param api base URL of console and API
/// @param gateway base URL for GOPROXY
/// @param broker Kafka's bootstrap servers
/// @param upstreams GOPROXY list in force, without credentials
/// @param ready whether all services have started
/// @param sumdb the checksum database that is asked, or `off`; null where an older one runs
/// @param gosumdb what GOSUMDB must be inside, empty where its default will do; null where an older
///   one runs
public record RunInfo(
    long pid,
    String api,
    String gateway,
    String broker,
    String upstreams,
    boolean ready,
    @Nullable String sumdb,
    @Nullable String gosumdb) {

  RunInfo asking(GoSumDb database) {
    String name =
        switch (database) {
          case GoSumDb.Database one -> one.name();
          case GoSumDb.Off off -> off.toString();
        };
    return new RunInfo(pid, api, gateway, broker, upstreams, ready, name, database.inside());
  }

  /// Whether nothing but go.sum lines proves what goes inside.
  public boolean asksNoDatabase() {
    return "off".equals(sumdb);
  }
}
