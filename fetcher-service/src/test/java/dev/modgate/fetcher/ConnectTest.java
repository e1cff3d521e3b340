package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.fetcher.chain.ChainPolicy;
import dev.modgate.fetcher.chain.Groups;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.start.StartException;
import dev.modgate.start.connect.Certificates;
import dev.modgate.start.connect.Logins;
import dev.modgate.start.connect.Proxies;
import dev.modgate.start.connect.Reach;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.ForwardProxy;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Proxies, certificates and credentials on the wire.
class ConnectTest {
  private static final String SECTION = "modgate.fetcher";
  private static final Proxies DIRECT = Reach.PLAIN.proxies();

  @TempDir private static Path folder;
  private static TestCertificate host;
  private static TestCertificate us;

  private final SyntheticModule hello = SyntheticModule.of("example.com/hello@v1.0.0");

  @BeforeAll
  static void certify() {
    host = TestCertificate.create(folder, "host");
    us = TestCertificate.create(folder, "us");
  }

  @Test
  void anAuthorityOfAFileIsTrustedAndHttp2Preferred() {
    try (var upstream = FakeUpstream.start(host.server(), false).add(hello)) {
      assertThat(fetch(upstream.goproxyUrl(), DIRECT, certificates(), Logins.NONE))
          .isInstanceOf(ModuleFetched.class);
      assertThat(upstream.protocols()).contains("h2");

      var deferred =
          (ModuleDeferred) fetch(upstream.goproxyUrl(), DIRECT, Certificates.NONE, Logins.NONE);
      assertThat(deferred.reason()).isEqualTo(DeferReason.UPSTREAM_FAILED);
      assertThat(deferred.sentence()).contains("no connection");
    }
  }

  @Test
  void weShowOurCertificateToTheUpstream() {
    var identified =
        new Certificates(
            SECTION,
            List.of(host.certificate()),
            Optional.of(us.certificate()),
            Optional.of(us.key()));
    try (var upstream = FakeUpstream.start(host.serverFor(us), true).add(hello);
        var elsewhere = FakeUpstream.start(host.serverFor(us), true).add(hello)) {
      assertThat(fetch(upstream.goproxyUrl(), DIRECT, identified, Logins.NONE))
          .isInstanceOf(ModuleFetched.class);
      assertThat(fetch(upstream.goproxyUrl(), DIRECT, certificates(), Logins.NONE))
          .isInstanceOf(ModuleDeferred.class);

      upstream.fault(
          "\\.mod$", Fault.redirect(elsewhere.goproxyUrl() + "/" + ProxyPath.mod(hello.module())));
      String both = upstream.goproxyUrl() + "," + elsewhere.goproxyUrl();
      assertThat(fetch(both, DIRECT, identified, Logins.NONE))
          .as("of a redirect nobody learns who we are")
          .isInstanceOf(ModuleDeferred.class);
    }
  }

  @Test
  void aKeyThatCantBeUsedStopsTheStart() throws Exception {
    Path open = folder.resolve("open.key");
    Files.copy(us.key(), open);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    var identified =
        new Certificates(SECTION, List.of(), Optional.of(us.certificate()), Optional.of(open));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> fetch("http://127.0.0.1:1", DIRECT, identified, Logins.NONE))
        .withMessageContaining("modgate.fetcher.client-key \"" + open + "\" may be read");
  }

  @Test
  void requestsGoThroughAProxy() {
    try (var upstream = FakeUpstream.serving(hello);
        var proxy = ForwardProxy.to(upstream.port())) {
      Proxies via = via("ann:s3cret@127.0.0.1:" + proxy.port());

      assertThat(fetch("http://mirror.example", via, certificates(), Logins.NONE))
          .isInstanceOf(ModuleFetched.class);

      assertThat(proxy.heads())
          .allSatisfy(head -> assertThat(head).startsWith("GET http://mirror.example/"))
          .anySatisfy(head -> assertThat(head).containsIgnoringCase("Proxy-Authorization: Basic"));
    }
  }

  @Test
  void requestsOverTlsGoThroughATunnel() {
    try (var upstream = FakeUpstream.start(host.server(), false).add(hello);
        var proxy = ForwardProxy.to(upstream.port())) {
      assertThat(
              fetch(
                  "https://10.1.1.1",
                  via("127.0.0.1:" + proxy.port()),
                  certificates(),
                  Logins.NONE))
          .as("the certificate is another host's")
          .isInstanceOf(ModuleDeferred.class);

      assertThat(proxy.heads())
          .isNotEmpty()
          .allSatisfy(head -> assertThat(head).startsWith("CONNECT 10.1.1.1:443 "));
      assertThat(upstream.protocols()).contains("h2");
    }
  }

  @Test
  void credentialsOfAFileAreSentToItsHostAloneAndTellsNobody() throws Exception {
    try (var upstream = FakeUpstream.serving(hello);
        var elsewhere = FakeUpstream.serving(hello)) {
      upstream
          .requireCredentials("ann", "s3cret")
          .fault(
              "\\.mod$",
              Fault.redirect(elsewhere.goproxyUrl() + "/" + ProxyPath.mod(hello.module())));
      Path file = secret("login", "ann:s3cret\n");
      var logins = new Logins(Map.of("127.0.0.1:" + upstream.port(), file), Optional.empty());
      String both = upstream.goproxyUrl() + "," + elsewhere.goproxyUrl();

      ModuleEvent fetched = fetch(both, DIRECT, Certificates.NONE, logins);

      assertThat(fetched).isInstanceOf(ModuleFetched.class);
      assertThat(fetched.toString() + logins).doesNotContain("s3cret", "ann");
      assertThat(elsewhere.requests())
          .isNotEmpty()
          .allSatisfy(r -> assertThat(r.headers()).doesNotContainKey("authorization"));

      Files.writeString(file, "ann:wrong");
      assertThat(fetch(upstream.goproxyUrl(), DIRECT, Certificates.NONE, logins))
          .as("the file is read each time")
          .isInstanceOfSatisfying(
              ModuleDeferred.class,
              e -> assertThat(e.reason()).isEqualTo(DeferReason.UPSTREAM_REFUSED));
    }
  }

  @Test
  void credentialsOfANetrcAreUsed() throws Exception {
    try (var upstream = FakeUpstream.serving(hello).requireCredentials("ann", "s3cret")) {
      Path netrc = secret("netrc", "machine 127.0.0.1 login ann password s3cret\n");

      assertThat(
              fetch(
                  upstream.goproxyUrl(),
                  DIRECT,
                  Certificates.NONE,
                  new Logins(Map.of(), Optional.of(netrc))))
          .isInstanceOf(ModuleFetched.class);
    }
  }

  @Test
  void credentialsThatOthersMayReadAreNotUsed() throws Exception {
    try (var upstream = FakeUpstream.serving(hello)) {
      Path file = secret("open", "ann:s3cret");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      var logins = new Logins(Map.of("127.0.0.1:" + upstream.port(), file), Optional.empty());

      var deferred =
          (ModuleDeferred) fetch(upstream.goproxyUrl(), DIRECT, Certificates.NONE, logins);

      assertThat(deferred.reason()).isEqualTo(DeferReason.UPSTREAM_FAILED);
      assertThat(deferred.sentence())
          .contains("the credentials file \"" + file + "\" may be read or written by others")
          .doesNotContain("s3cret");
      assertThat(upstream.count()).isZero();
    }
  }

  private static Certificates certificates() {
    return new Certificates(
        SECTION, List.of(host.certificate()), Optional.empty(), Optional.empty());
  }

  private static Proxies via(String proxy) {
    return Proxies.of("http://" + proxy, "", Map.of());
  }

  private static Path secret(String name, String content) throws Exception {
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, content);
  }

  private ModuleEvent fetch(
      String goproxy, Proxies proxies, Certificates certificates, Logins logins) {
    var reach = new Reach(proxies, certificates, logins);
    ChainPolicy policy = TestFetcher.policy(TestFetcher.HTTP, TestFetcher.RESILIENCE, reach);
    try (var fetcher = new TestFetcher(goproxy, Groups.NONE, new MemoryObjectStore(), policy)) {
      return fetcher.fetch(hello.module(), Want.MOD);
    }
  }
}
