package dev.modgate.fetcher.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.start.connect.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectsTest {
  private final Redirects redirects =
      Redirects.of(
          List.of(
              upstream("https://Proxy.example"),
              upstream("http://127.0.0.1:18095"),
              upstream("http://plain.example")),
          policy(
              "Storage.example",
              "store.example:9000",
              "10.0.0.5:9000",
              "localhost",
              "[fd00::1]",
              "[::1]",
              "169.254.169.254",
              "inside.example",
              "nobody.example",
              "both.example"),
          RedirectsTest::addresses);

  private static HttpPolicy policy(String... hosts) {
    return new HttpPolicy(Set.of(hosts), false, "modgate/test", Reach.PLAIN);
  }

  private static List<InetAddress> addresses(String host) throws UnknownHostException {
    return switch (host) {
      case "inside.example" -> List.of(InetAddress.ofLiteral("192.168.1.1"));
      case "both.example" ->
          List.of(InetAddress.ofLiteral("203.0.113.1"), InetAddress.ofLiteral("fe80::1"));
      case "nobody.example" -> throw new UnknownHostException(host);
      case "storage.example", "store.example" -> List.of(InetAddress.ofLiteral("203.0.113.1"));
      default -> List.of(InetAddress.ofLiteral(host));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "https://proxy.example/a, https://proxy.example:443/b",
    "https://proxy.example/a, HTTPS://PROXY.EXAMPLE/b",
    "http://plain.example/a, https://proxy.example/b",
    "http://plain.example/a, http://127.0.0.1:18095/b",
    "https://proxy.example/a, https://storage.example/b",
    "https://proxy.example/a, https://store.example:9000/b",
    "https://proxy.example/a, https://nobody.example/b",
  })
  void leadToWhatIsConfigured(URI from, URI to) {
    assertThat(redirects.fault(from, to)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "http://127.0.0.1:18095/a | http://127.0.0.1:18096/b | host \"127.0.0.1:18096\"",
        "https://proxy.example/a | https://proxy.example:8443/b | host \"proxy.example:8443\"",
        "https://proxy.example/a | https://other.example/b | host \"other.example\"",
        "https://proxy.example/a | https://storage.example:22/b | host \"storage.example:22\"",
        "https://proxy.example/a | https://store.example/b | host \"store.example\"",
        "HTTPS://proxy.example/a | http://storage.example/b | from https to http",
        "https://proxy.example/a | HTTP://plain.example/b | from https to http",
        "http://plain.example/a | http://10.0.0.5:9000/b | an internal address",
        "http://plain.example/a | http://localhost/b | an internal address",
        "http://plain.example/a | http://[fd00::1]/b | an internal address",
        "http://plain.example/a | http://[::1]/b | an internal address",
        "http://plain.example/a | http://169.254.169.254/b | an internal address",
        "http://plain.example/a | http://inside.example/b | an internal address",
        "http://plain.example/a | http://both.example/b | an internal address",
        "http://plain.example/a | http://10.0.0.6:9000/b | modgate.fetcher.redirect-hosts",
        "http://plain.example/a | ftp://storage.example/b | no http or https address",
        "http://plain.example/a | file:///etc/passwd | no http or https address",
      })
  void leadNowhereElse(URI from, URI to, String why) {
    assertThat(redirects.fault(from, to)).get().asString().contains(why);
  }

  @Test
  void leadToAPrivateAddressWhereThatIsAllowed() {
    var lenient =
        new Redirects(
            redirects.upstreams(),
            redirects.hosts(),
            true,
            redirects.proxies(),
            redirects.addresses());

    assertThat(lenient.fault(URI.create("http://a.example"), URI.create("http://localhost/b")))
        .isEmpty();
    assertThat(lenient.fault(URI.create("http://a.example"), URI.create("http://10.0.0.6/b")))
        .isPresent();
  }

  private static ProxyList.Upstream upstream(String url) {
    return (ProxyList.Upstream) ProxyList.parse(url).getFirst();
  }
}
