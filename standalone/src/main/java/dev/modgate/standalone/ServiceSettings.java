package dev.modgate.standalone;

import java.util.HashMap;
import java.util.Map;

/// The settings that each service gets here; all others keep their defaults, or come from
/// `modgate.yml` and the environment as for a service alone.
record ServiceSettings(StandaloneSettings settings, RunInfo info, int port, int gatewayPort) {

  Map<String, String> watcher() {
    var all = kafka();
    all.put("modgate.watcher.address", "127.0.0.1");
    all.put("modgate.watcher.port", String.valueOf(port));
    all.put(
        "modgate.watcher.database.url",
        "jdbc:h2:file:" + settings.data().resolve("watcher").resolve("modgate") + ";WRITE_DELAY=0");
    if (settings.tokenFile() != null) {
      all.put("modgate.watcher.token-file", settings.tokenFile().toAbsolutePath().toString());
    }
    return all;
  }

  Map<String, String> fetcher() {
    var all = kafka();
    all.put("modgate.fetcher.upstreams", settings.upstreams());
    all.put("modgate.blob-store.path", outer());
    return all;
  }

  Map<String, String> verifier() {
    var all = kafka();
    all.put("modgate.blob-store.path", outer());
    return all;
  }

  Map<String, String> publisher() {
    var all = kafka();
    all.put("modgate.blob-store.path", outer());
    all.put("modgate.zone-store.path", inner());
    return all;
  }

  Map<String, String> gateway() {
    var all = new HashMap<String, String>();
    all.put("modgate.gateway.address", "127.0.0.1");
    all.put("modgate.gateway.port", String.valueOf(gatewayPort));
    all.put("modgate.gateway.console-url", info.api());
    all.put("modgate.zone-store.path", inner());
    return all;
  }

  private Map<String, String> kafka() {
    var all = new HashMap<String, String>();
    all.put("modgate.kafka.bootstrap-servers", info.broker());
    return all;
  }

  private String outer() {
    return settings.data().resolve("outer").toString();
  }

  private String inner() {
    return settings.data().resolve("inner").toString();
  }
}
