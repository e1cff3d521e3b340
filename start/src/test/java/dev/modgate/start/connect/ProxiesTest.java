package dev.modgate.start.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  @Test
  void areThoseOfTheEnvironment() {
    Proxies proxies =
        Proxies.of(
            null,
            null,
            Map.of(
                "HTTPS_PROXY", "http://secure.example:3128",
                "http_proxy", "plain.example:8080",
                "NO_PROXY", "corp.example"));

    assertThat(through(proxies, "https://a.example")).endsWith("secure.example:3128");
    assertThat(through(proxies, "http://a.example")).endsWith("plain.example:8080");
    assertThat(through(proxies, "https://go.corp.example")).isEqualTo("DIRECT");
  }

  @Test
  void areThoseOfTheSettingsFirst() {
    Map<String, String> environment = Map.of("HTTPS_PROXY", "http://a.example:1", "NO_PROXY", "*");

    assertThat(through(Proxies.of("http://b.example:2", "", environment), "https://c.example"))
        .endsWith("b.example:2");
    assertThat(through(Proxies.of("none", "", environment), "https://c.example"))
        .isEqualTo("DIRECT");
    assertThat(through(Proxies.of(null, "", Map.of()), "https://c.example")).isEqualTo("DIRECT");
  }

  @ParameterizedTest
  @CsvSource({
    // no-proxy, address, whether it is reached without
    "a.example, https://a.example, true",
    "a.example, https://A.Example:8443, true",
    "a.example, https://b.a.example, true",
    "a.example, https://ba.example, false",
    ".a.example, https://a.example, false",
    ".a.example, https://b.a.example, true",
    "*.a.example, https://b.a.example, true",
    "a.example:8443, https://a.example:8443, true",
    "a.example:8443, https://a.example, false",
    "a.example:443, https://a.example, true",
    "'x.example  y.example', http://y.example, true",
    "10.0.0.0/8, http://10.1.2.3, true",
    "10.0.0.0/8, http://11.1.2.3, false",
    "10.0.0.0/8, http://ten.example, false",
    "10.1.2.3, http://10.1.2.3:8080, true",
    "10.1.2.3:80, http://10.1.2.3:8080, false",
    "fd00::/8, http://[fd00::1]/a, true",
    "fd00::1, http://[fd00::1]:8080/a, true",
    "10.0.0.0/99, http://10.1.2.3, false",
    "x/y, http://10.1.2.3, false",
    "*, https://a.example, true",
    "'', http://127.0.0.1:3000, true",
    "'', http://localhost:3000, true",
    "'', 'http://[::1]:3000', true",
  })
  void someHostsAreReachedWithout(String noProxy, URI address, boolean without) {
    Proxies proxies = Proxies.of("http://proxy.example:3128", noProxy, Map.of());

    assertThat(through(proxies, address.toString()).equals("DIRECT")).isEqualTo(without);
  }

  @Test
  void credentialsAreForTheProxyAndShownNowhere() {
    Proxies proxies = Proxies.of("http://ann:s3cret%40@proxy.example:3128", "b.example", Map.of());

    assertThat(proxies.authorization(URI.create("https://a.example")))
        .contains("Basic YW5uOnMzY3JldEA=");
    assertThat(proxies.authorization(URI.create("https://b.example"))).isEmpty();
    assertThat(proxies.toString()).doesNotContain("s3cret", "ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ann:s3cret@proxy.example",
        "socks5://ann:s3cret@proxy.example",
        "http://",
        "a b"
      })
  void whatIsNoProxyIsNamedWithoutItsCredentials(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proxies.of(text, "", Map.of()))
        .withMessageStartingWith("proxy is no address of")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  private static String through(Proxies proxies, String address) {
    Proxy proxy = proxies.select(URI.create(address)).getFirst();
    return proxy.type() == Proxy.Type.DIRECT
        ? "DIRECT"
        : proxy.address().toString().replace("/<unresolved>", "");
  }
}
