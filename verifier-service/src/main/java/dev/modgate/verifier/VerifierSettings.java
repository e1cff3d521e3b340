package dev.modgate.verifier;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.sumdb.NoSumDb;
import dev.modgate.start.Check;
import dev.modgate.start.StageBounds;
import dev.modgate.start.StartException;
import dev.modgate.start.connect.ConnectSettings;
import dev.modgate.start.connect.Reach;
import dev.modgate.start.key.SigningKeyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// The bounds of the verifier, and how it asks the checksum database. Each is explained in
/// `verifier.yml`.
///
/// @param instanceId null where instances come and go
/// @param noSumdb GONOSUMDB syntax
/// @param signingKey a file; without one no verifier starts
/// @param sumdbProxies GOPROXY syntax, or empty; may hold credentials, so it is never shown
/// @param proxy may hold a password, so it is never shown
@ConfigurationProperties("modgate.verifier")
record VerifierSettings(
    @DefaultValue("8") int maxItems,
    @DefaultValue("128MB") DataSize maxBytes,
    @DefaultValue("30s") Duration drain,
    @Nullable String instanceId,
    @DefaultValue("false") boolean sumdbInit,
    @DefaultValue("") String noSumdb,
    @DefaultValue("") String sumdbProxies,
    @DefaultValue("60s") Duration sumdbTimeout,
    @Nullable String proxy,
    @Nullable String noProxy,
    @DefaultValue List<Path> caFiles,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    @DefaultValue Map<String, String> credentials,
    @Nullable Path netrc,
    @Nullable Path signingKey)
    implements StageBounds {

  private static final String SECTION = "modgate.verifier";

  VerifierSettings {
    caFiles = List.copyOf(caFiles);
    credentials = Map.copyOf(credentials);
    var check =
        new Check(SECTION)
            .stage(maxItems, maxBytes, drain, instanceId)
            .time("sumdb-timeout", sumdbTimeout, Duration.ofMillis(1), Duration.ofHours(1));
    check(check, "no-sumdb", noSumdb, NoSumDb::parse);
    check(check, "sumdb-proxies", sumdbProxies, VerifierSettings::proxies);
    new ConnectSettings(proxy, noProxy, caFiles, clientCertificate, clientKey, credentials, netrc)
        .check(check);
    check.end();
  }

  private static void check(Check check, String key, String value, Consumer<String> parse) {
    try {
      parse.accept(value);
    } catch (IllegalArgumentException e) {
      check.that(false, key, "can't be used: " + e.getMessage());
    }
  }

  NoSumDb notAsked() {
    return NoSumDb.parse(noSumdb);
  }

  /// Through which the database is asked first.
  List<ProxyList.Upstream> proxies() {
    return proxies(sumdbProxies);
  }

  /// How the database is reached.
  Reach reach() {
    return new ConnectSettings(
            proxy, noProxy, caFiles, clientCertificate, clientKey, credentials, netrc)
        .reach(SECTION, System.getenv());
  }

  /// @throws StartException when there is none to be used
  SigningKey key() {
    if (signingKey == null) {
      throw new StartException(
          "modgate.verifier.signing-key names no file, and nothing is published that is not signed;"
              + " make one with: modgate verifier-key FILE");
    }
    return new SigningKeyFile(signingKey).read();
  }

  private static List<ProxyList.Upstream> proxies(String list) {
    return list.isBlank()
        ? List.of()
        : ProxyList.parse(list).stream()
            .filter(ProxyList.Upstream.class::isInstance)
            .map(ProxyList.Upstream.class::cast)
            .toList();
  }

  /// Without the proxies, which may hold credentials.
  @Override
  public String toString() {
    return "VerifierSettings[no-sumdb " + noSumdb + "]";
  }
}
