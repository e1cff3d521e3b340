package dev.modgate.watcher;

import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.Check;
import dev.modgate.watcher.agent.AgentSettings;
import dev.modgate.watcher.git.wire.GitSettings;
import dev.modgate.watcher.notify.channel.NotificationSettings;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.poll.PollSettings;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.source.SourceDeclaration;
import dev.modgate.watcher.watch.LatestDeclaration;
import dev.modgate.watcher.watch.Watch;
import dev.modgate.watcher.watch.WatchDeclaration;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// `modgate.watcher.*`; each key is explained in `watcher.yml`.
///
/// @param tokenFile empty for an API without a token
/// @param privateModules patterns as `GOPRIVATE` has them
/// @param sources by name
/// @param secretsFolder of sources that are added by the API
/// @param publicUrl empty for the API's own
/// @param agents what is known of each agent, by its name
/// @param signingKey signs the statuses for agents
/// @param upstreams in GOPROXY syntax; may hold credentials
/// @param watches by name
/// @param latest of which modules the latest version is wanted too
@ConfigurationProperties("modgate.watcher")
record WatcherSettings(
    @DefaultValue("watcher") Mode mode,
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("8080") int port,
    @DefaultValue("") String tokenFile,
    @DefaultValue("32MB") DataSize maxBody,
    @DefaultValue Requests requests,
    @DefaultValue Retry retry,
    @DefaultValue Retention retention,
    @DefaultValue Database database,
    @DefaultValue("") String privateModules,
    @DefaultValue Map<String, SourceDeclaration> sources,
    @DefaultValue("data/secrets") Path secretsFolder,
    @DefaultValue Hooks hooks,
    @DefaultValue("") String publicUrl,
    @DefaultValue Groups groups,
    @DefaultValue GitSettings git,
    @DefaultValue PollSettings poll,
    @DefaultValue Map<String, Map<String, String>> agents,
    @DefaultValue("data/keys/watcher") Path signingKey,
    @DefaultValue WantLists wantLists,
    @DefaultValue AgentSettings agent,
    @DefaultValue("https://proxy.golang.org") String upstreams,
    @DefaultValue Map<String, WatchDeclaration> watches,
    @DefaultValue LatestDeclaration latest,
    @DefaultValue NotificationSettings notifications) {
  private static final int MOST_URL = 1_000;

  /// @param every how often a group is looked at
  /// @param confirmAbove a first import of more repositories waits for somebody to confirm it
  record Groups(@DefaultValue("10m") Duration every, @DefaultValue("20") int confirmAbove) {}

  /// Of agents.
  record WantLists(@DefaultValue("30d") Duration oldest) {}

  /// How many requests are on their way, and how long an answer may take.
  record Requests(
      @DefaultValue("2000") int mostUnanswered, @DefaultValue("6h") Duration resendAfter) {}

  /// When what was deferred is asked for again.
  record Retry(
      @DefaultValue({"1m", "5m", "30m", "2h", "12h", "24h"}) List<Duration> waits,
      @DefaultValue("30d") Duration giveUpAfter) {
    Retry {
      waits = List.copyOf(waits);
    }
  }

  /// @param url JDBC
  record Database(
      @DefaultValue("jdbc:h2:file:./data/watcher/modgate;WRITE_DELAY=0") String url,
      @DefaultValue("modgate") String user,
      @DefaultValue("") String password,
      @DefaultValue("8") int connections) {

    /// Without the password, and without the URL, which may hold one.
    @Override
    public String toString() {
      return "Database[connections " + connections + "]";
    }
  }

  /// What webhooks may send, and how soon their commits are read.
  record Hooks(
      @DefaultValue("1MB") DataSize maxBody,
      @DefaultValue("10s") Duration readTimeout,
      @DefaultValue("2s") Duration gather) {}

  WatcherSettings {
    sources = Map.copyOf(sources);
    agents = Map.copyOf(agents);
    watches = Map.copyOf(watches);
    var check = new Check("modgate.watcher");
    watches.forEach((name, watch) -> watch.read(name, check));
    var _ = latest.read(check);
    try {
      var _ = ProxyList.parse(upstreams);
    } catch (IllegalArgumentException e) {
      check.that(false, "upstreams", "can't be used: " + e.getMessage());
    }
    try {
      var _ = PrivateModules.of(privateModules);
    } catch (IllegalArgumentException e) {
      check.that(false, "private-modules", "can't be used: " + e.getMessage());
    }
    retention
        .check(notifications.check(poll.check(git.check(check))))
        .number("port", port, 0, 65_535)
        .size("max-body", maxBody, DataSize.ofBytes(1), DataSize.ofGigabytes(1))
        .number("requests.most-unanswered", requests.mostUnanswered(), 1, 1_000_000)
        .time(
            "requests.resend-after",
            requests.resendAfter(),
            Duration.ofMinutes(1),
            Duration.ofDays(30))
        .that(
            !retry.waits().isEmpty() && retry.waits().stream().allMatch(WatcherSettings::isWait),
            "retry.waits",
            "is " + retry.waits() + ", want at least one, each PT1S to P365D")
        .time(
            "retry.give-up-after",
            retry.giveUpAfter(),
            Duration.ofMinutes(1),
            Duration.ofDays(3650))
        .size("hooks.max-body", hooks.maxBody(), DataSize.ofKilobytes(1), DataSize.ofMegabytes(25))
        .time(
            "hooks.read-timeout",
            hooks.readTimeout(),
            Duration.ofMillis(100),
            Duration.ofMinutes(1))
        .time("hooks.gather", hooks.gather(), Duration.ZERO, Duration.ofMinutes(10))
        .time("want-lists.oldest", wantLists.oldest(), Duration.ofMinutes(1), Duration.ofDays(3650))
        .number("database.connections", database.connections(), 2, 1000)
        .time("groups.every", groups.every(), Duration.ofMinutes(1), Duration.ofDays(30))
        .number("groups.confirm-above", groups.confirmAbove(), 0, 10_000)
        .that(
            publicUrl.isBlank() || isSite(publicUrl),
            "public-url",
            "is "
                + Quoted.of(publicUrl)
                + ", want https://HOST or http://HOST, with or without a path")
        .that(
            database.url().startsWith("jdbc:"),
            "database.url",
            "is no JDBC URL, want jdbc:h2:file:… or jdbc:postgresql://HOST/DATABASE")
        .end();
  }

  List<Watch> parsedWatches() {
    var check = new Check("modgate.watcher");
    return Stream.concat(
            watches.entrySet().stream()
                .flatMap(entry -> entry.getValue().read(entry.getKey(), check).stream()),
            latest.read(check).stream())
        .toList();
  }

  private static boolean isWait(Duration wait) {
    return wait.toSeconds() >= 1 && wait.compareTo(Duration.ofDays(365)) <= 0;
  }

  private static boolean isSite(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && text.length() <= MOST_URL;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// Where people find this watcher.
  URI site() {
    boolean everywhere = address.equals("0.0.0.0") || address.equals("::");
    String host = everywhere ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address;
    return URI.create(publicUrl.isBlank() ? "http://" + host + ":" + port : publicUrl);
  }

  Optional<Path> tokenFileIfAny() {
    return tokenFile.isBlank() ? Optional.empty() : Optional.of(Path.of(tokenFile));
  }
}
