package dev.modgate.standalone;

import dev.modgate.fetcher.FetcherApplication;
import dev.modgate.gateway.GatewayApplication;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.publisher.PublisherApplication;
import dev.modgate.start.Service;
import dev.modgate.verifier.VerifierApplication;
import dev.modgate.watcher.WatcherApplication;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The settings that each service gets here; all others keep their defaults, or come from
/// `modgate.yml` and the environment as for a service alone.
///
/// @param verifierKeys what the publisher pins, of keys that are ready
record ServiceSettings(
    StandaloneSettings settings, RunInfo info, int port, int gatewayPort, String verifierKeys) {

  /// In the order of their start: the watcher first, because it creates the topics; then those that
  /// work, the gateway last.
  Map<Service, Map<String, String>> inOrder() {
    var all = new LinkedHashMap<Service, Map<String, String>>();
    all.put(WatcherApplication.service(), watcher());
    all.put(FetcherApplication.service(), fetcher());
    all.put(VerifierApplication.service(), verifier());
    all.put(PublisherApplication.service(), publisher());
    all.put(GatewayApplication.service(), gateway());
    return all;
  }

  private Map<String, String> watcher() {
    var all = kafka();
    all.put("modgate.watcher.address", "127.0.0.1");
    all.put("modgate.watcher.port", String.valueOf(port));
    all.put("modgate.watcher.upstreams", settings.upstreams());
    all.put("modgate.watcher.secrets-folder", settings.data().resolve("secrets").toString());
    all.put(
        "modgate.watcher.database.url",
        "jdbc:h2:file:" + settings.data().resolve("watcher").resolve("modgate") + ";WRITE_DELAY=0");
    all.put(
        "modgate.watcher.git.folder", settings.data().resolve("watcher").resolve("git").toString());
    all.put(
        "modgate.watcher.signing-key",
        settings.data().resolve("keys").resolve("watcher").toString());
    if (settings.tokenFile() != null) {
      all.put("modgate.watcher.token-file", settings.tokenFile().toAbsolutePath().toString());
    }
    return all;
  }

  private Map<String, String> fetcher() {
    var all = stage();
    all.put("modgate.fetcher.upstreams", settings.upstreams());
    all.put("modgate.blob-store.path", outer());
    return all;
  }

  private Map<String, String> verifier() {
    var all = stage();
    putDatabase(all);
    if (new DataTrust(settings.data()).mayBegin()) {
      all.put("modgate.verifier.sumdb-init", "true");
    }
    all.put("modgate.verifier.sumdb-proxies", settings.upstreams());
    all.put("modgate.verifier.signing-key", DataKeys.of(settings.data()).signing().toString());
    all.put("modgate.blob-store.path", outer());
    return all;
  }

  private Map<String, String> publisher() {
    var all = stage();
    putDatabase(all);
    all.put("modgate.publisher.verifier-keys", verifierKeys);
    all.put("modgate.blob-store.path", outer());
    all.put("modgate.zone-store.path", inner());
    return all;
  }

  private Map<String, String> gateway() {
    var all = new HashMap<String, String>();
    all.put("modgate.gateway.address", "127.0.0.1");
    all.put("modgate.gateway.port", String.valueOf(gatewayPort));
    all.put("modgate.gateway.console-url", info.api());
    all.put("modgate.zone-store.path", inner());
    return all;
  }

  /// What the verifier is going to ask, by whichever setting.
  GoSumDb database() {
    return GoSumDb.parse(chosenDatabase().orElse(GoSumDb.DEFAULT));
  }

  /// In GOSUMDB syntax; empty where nobody says which.
  Optional<String> chosenDatabase() {
    return VerifierApplication.service().setting(verifier(), "modgate.sumdb.database");
  }

  private void putDatabase(Map<String, String> all) {
    if (settings.sumdb() != null) {
      all.put("modgate.sumdb.database", settings.sumdb());
    }
  }

  /// One process has one port for probes: the watcher's.
  private Map<String, String> stage() {
    var all = kafka();
    all.put("modgate.health.port", "0");
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
