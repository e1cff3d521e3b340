package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.fetcher.chain.ChainPolicy;
import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.upstream.UpstreamLimits;
import dev.modgate.start.SettingsContract;
import dev.modgate.start.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FetcherSettingsTest extends SettingsContract<FetcherSettings> {
  FetcherSettingsTest() {
    super(FetcherSettings.class, "fetcher.yml", FetcherApplication.class);
  }

  @Test
  void readsEveryKey() {
    var settings =
        fetcher(
            Map.of(
                "upstreams", "https://a.example|https://b.example",
                "redirect-hosts", "cdn.example",
                "header-timeout", "5s",
                "instance-id", "fetcher-1",
                "retry.tries", "2",
                "breaker.open-wait", "1m"));

    assertThat(settings.entries()).hasSize(2);
    ChainPolicy policy = settings.policy("x");
    assertThat(policy.http().redirectHosts()).isEqualTo(Set.of("cdn.example"));
    assertThat(policy.usual().times().header()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.stage().instanceId()).isEqualTo("fetcher-1");
    assertThat(policy.usual().resilience().trying().tries()).isEqualTo(2);
    assertThat(policy.usual().resilience().opening().openWait()).isEqualTo(Duration.ofMinutes(1));
    assertThat(policy.own()).isEmpty();
  }

  @Test
  void singleUpstreamsHaveLimitsOfTheirOwnAndTheUsualOnesElsewhere() {
    ChainPolicy policy =
        fetcher(
                Map.of(
                    "upstreams",
                        "https://ann:s3cret@a.example/go,http://b.example:81,https://c.example",
                    "header-timeout", "7s",
                    "overrides.slow.upstream", "https://a.example/go/",
                    "overrides.slow.header-timeout", "50s",
                    "overrides.slow.retry.tries", "5",
                    "overrides.slow.breaker.open-wait", "1m",
                    "overrides.weak.upstream", "B.example:81",
                    "overrides.weak.requests-per-second", "2",
                    "overrides.weak.total-timeout", "20s"))
            .policy("x");

    assertThat(policy.own()).containsOnlyKeys("https://a.example/go", "http://b.example:81");
    UpstreamLimits slow = Objects.requireNonNull(policy.own().get("https://a.example/go"));
    assertThat(slow.times().header()).isEqualTo(Duration.ofSeconds(50));
    assertThat(slow.times().idle()).isEqualTo(policy.usual().times().idle());
    assertThat(slow.resilience().trying().tries()).isEqualTo(5);
    assertThat(slow.resilience().opening().openWait()).isEqualTo(Duration.ofMinutes(1));
    assertThat(slow.resilience().opening().window()).isEqualTo(20);
    UpstreamLimits weak = Objects.requireNonNull(policy.own().get("http://b.example:81"));
    assertThat(weak.times().header()).isEqualTo(Duration.ofSeconds(7));
    assertThat(weak.resilience().load()).isEqualTo(new ResiliencePolicy.Load(64, 2));
    assertThat(weak.resilience().trying().total()).isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "drain; 31s; overrides.x.upstream is missing: want the host or the URL of an upstream",
        "overrides.x.upstream; d.example; overrides.x.upstream is \"d.example\", which is neither the"
            + " host nor the URL of an upstream",
        "overrides.x.upstream; https://ann:s3cret@a.example; overrides.x.upstream has an \"@\": want a"
            + " host, or the URL of an upstream without its credentials",
        "overrides.x.upstream; b.example; overrides.y.upstream is of \"https://b.example\", which"
            + " overrides.x is of, too",
        "overrides.y.total-timeout; 2m; overrides.y.total-timeout is 2m, want 1ms to 1m",
        "overrides.y.breaker.window; 5; overrides.y.breaker.min-calls is 6, want 1 to 5",
        "overrides.y.requests-per-second; many; overrides.y.requests-per-second is \"many\", want a"
            + " whole number",
        "overrides.y.header-timeuot; 5s; overrides.y.header-timeuot is no setting",
      })
  void refusesOverridesThatAreNone(String key, String value, String fault) {
    var values =
        new HashMap<>(
            Map.of(
                "upstreams",
                "https://ann:s3cret@a.example,https://b.example",
                "overrides.y.upstream",
                "b.example",
                key,
                value));
    if (fault.startsWith("overrides.x")) {
      values.put("overrides.x.connect-timeout", "1s");
    }

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> fetcher(values))
        .withMessage("modgate.fetcher." + fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "upstreams; off; names no upstream to fetch from before \"direct\" or \"off\": want a URL,"
            + " as in https://proxy.golang.org",
        "upstreams; direct,https://ci:SECRET3@goproxy.corp; names no upstream to fetch from before"
            + " \"direct\" or \"off\": want a URL, as in https://proxy.golang.org",
        "upstreams; ,; can't be used: GOPROXY list has no entry",
        "upstreams; ftp://a.example; can't be used: GOPROXY entry \"ftp://a.example\" is of scheme"
            + " \"ftp\", want https, http or file",
        "upstreams; https://ann:s3cret@a.example?x=1; can't be used: GOPROXY entry"
            + " \"https://a.example?x=1\" has a query or a fragment",
        "max-items; 0; is 0, want 1 to 1000",
        "idle-timeout; 0s; is 0s, want 1ms to 1d",
        "min-throughput; 0B; is 0B, want 1B to 1GB",
        "requests-per-upstream; 2; is 2, want 3 to 10000",
        "retry.tries; 0; is 0, want 1 to 10",
        "total-timeout; 61s; is 61s, want 1ms to 1m",
        "retry.max-wait; 100ms; is 100ms, want 500ms to 1d",
        "breaker.failure-percent; 101; is 101, want 1 to 100",
        "breaker.min-calls; 21; is 21, want 1 to 20",
        "requests-per-second; -1; is -1, want 0 to 100000",
        "remember-absence; 2d; is 2d, want 0s to 1d",
        "probe.one-in; 1; is 1, want 2 to 100000",
        "breaker.slow-after; 0s; is 0s, want 1ms to 1d",
        "proxy; socks5://proxy.example; can't be used: proxy is no address of an HTTP proxy, want"
            + " http://host:port",
        "breaker.open-wait; 99ms; is 99ms, want 100ms to 1d",
      })
  void refusesImpossibleValues(String key, String value, String fault) {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> fetcher(Map.of(key, value)))
        .withMessage("modgate.fetcher." + key + " " + fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "https://a.example; has a group of less than two upstreams",
        "https://a.example,https://d.example; names \"https://d.example\", which is not among the"
            + " upstreams",
        "https://a.example,https://a.example; names \"https://a.example\" twice",
        "https://a.example,https://c.example; has a group whose members don't stand one behind"
            + " another: [https://a.example, https://c.example]",
      })
  void refusesGroupsThatAreNone(String group, String fault) {
    Map<String, String> values =
        Map.of(
            "upstreams",
            "https://ann:s3cret@a.example,https://b.example,https://c.example",
            "groups.x",
            group);
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> fetcher(values))
        .withMessage("modgate.fetcher.groups " + fault);
  }

  @Test
  void credentialsOfAHostAreReferences() {
    var settings =
        fetcher(
            Map.of(
                "credentials.goproxy.corp", "file:/run/a",
                "credentials.[go.corp:8443]", "file:/run/b"));
    assertThat(settings.policy("x").http().reach().logins().byHost())
        .isEqualTo(Map.of("goproxy.corp", Path.of("/run/a"), "go.corp:8443", Path.of("/run/b")));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> fetcher(Map.of("credentials.goproxy.corp", "ann:s3cret")))
        .withMessageContaining("modgate.fetcher.credentials.goproxy.corp is no reference to a file")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void showsNoSecrets() {
    var settings = fetcher(Map.of("upstreams", "https://ann:s3cret@a.example"));

    assertThat(settings.toString() + settings.entries()).doesNotContain("s3cret");
  }

  private FetcherSettings fetcher(Map<String, String> values) {
    return read(
        values.entrySet().stream()
            .collect(Collectors.toMap(e -> "modgate.fetcher." + e.getKey(), Map.Entry::getValue)));
  }
}
