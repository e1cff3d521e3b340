package dev.modgate.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.start.connect.Certificates;
import dev.modgate.start.connect.Logins;
import dev.modgate.start.connect.Proxies;
import dev.modgate.start.connect.Reach;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.ForwardProxy;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A checksum database behind TLS, credentials and a proxy of the network.
class DatabaseReachTest {
  private static final Proxies DIRECT = Reach.PLAIN.proxies();

  @TempDir private static Path folder;
  private static TestCertificate host;
  private static TestCertificate us;

  private final SyntheticModule good = SyntheticModule.of("example.com/m@v1.2.3");
  private final Proving proving = new Proving();

  @BeforeAll
  static void certify() {
    host = TestCertificate.create(folder, "host");
    us = TestCertificate.create(folder, "us");
  }

  @AfterEach
  void close() {
    proving.close();
  }

  @Test
  void anAuthorityOfAFileIsTrustedForProxyAndDatabase() throws Exception {
    proving.database.add(good);
    try (var server = FakeUpstream.start(host.server(), false).serve(proving.database)) {
      var trusting = new Reach(DIRECT, certificates(), Logins.NONE);

      assertProves(asked(server), List.of(), trusting);
      assertProves(named(), List.of(proxy(server.goproxyUrl())), trusting);
      assertThat(server.protocols()).contains("h2");

      assertThat(whyDown(asked(server), Reach.PLAIN)).contains("can't be reached");
    }
  }

  @Test
  void weShowOurCertificate() throws Exception {
    proving.database.add(good);
    try (var server = FakeUpstream.start(host.serverFor(us), true).serve(proving.database)) {
      var identity =
          new Certificates(
              "modgate.verifier",
              List.of(host.certificate()),
              Optional.of(us.certificate()),
              Optional.of(us.key()));

      assertProves(asked(server), List.of(), new Reach(DIRECT, identity, Logins.NONE));
      assertThat(whyDown(asked(server), new Reach(DIRECT, certificates(), Logins.NONE)))
          .contains("can't be reached");
    }
  }

  @Test
  void credentialsOfAFileAreSentAndToldNobody() throws Exception {
    proving.database.add(good);
    proving.upstream.requireCredentials("ann", "s3cret");
    Path file = secret("login", "ann:s3cret\n");
    var logins = new Logins(Map.of("127.0.0.1:" + proving.upstream.port(), file), Optional.empty());
    var reach = new Reach(DIRECT, Certificates.NONE, logins);

    assertProves(asked(proving.upstream), List.of(), reach);
    assertProves(named(), List.of(proxy(proving.upstream.goproxyUrl())), reach);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(whyDown(asked(proving.upstream), reach))
        .contains("the credentials file \"" + file + "\" may be read or written by others")
        .doesNotContain("s3cret");
    assertThat(whyDown(asked(proving.upstream), Reach.PLAIN)).contains("answered 401");
  }

  @Test
  void theDatabaseIsAskedThroughTheNetworksProxy() throws Exception {
    proving.database.add(good);
    try (var network = ForwardProxy.to(proving.upstream.port())) {
      Proxies via = Proxies.of("http://ann:s3cret@127.0.0.1:" + network.port(), "", Map.of());

      assertProves(
          named(),
          List.of(proxy("http://mirror.example")),
          new Reach(via, Certificates.NONE, Logins.NONE));

      assertThat(network.heads())
          .isNotEmpty()
          .allSatisfy(head -> assertThat(head).startsWith("GET http://mirror.example/sumdb/"))
          .allSatisfy(head -> assertThat(head).containsIgnoringCase("Proxy-Authorization: Basic"));
    }
  }

  private void assertProves(GoSumDb.Database asked, List<ProxyList.Upstream> proxies, Reach reach)
      throws Exception {
    VerifyWork verifier = proving.verifier(asked, proxies, "", true, reach);

    assertThat(verifier.process(proving.fetched(good))).hasOnlyElementsOfType(ModuleVerified.class);
  }

  private String whyDown(GoSumDb.Database asked, Reach reach) throws Exception {
    VerifyWork verifier = proving.verifier(asked, List.of(), "", true, reach);
    var event = proving.fetched(good);
    var down = new StringBuilder();

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e -> down.append(e.reason()));
    return down.toString();
  }

  /// With a URL of its own.
  private GoSumDb.Database asked(FakeUpstream server) {
    String url = server.goproxyUrl() + "/sumdb/" + proving.database.name();
    return (GoSumDb.Database) GoSumDb.parse(proving.database.key() + " " + url);
  }

  /// Through a proxy that serves it.
  private GoSumDb.Database named() {
    return (GoSumDb.Database) GoSumDb.parse(proving.database.key().toString());
  }

  private static ProxyList.Upstream proxy(String url) {
    return (ProxyList.Upstream) ProxyList.parse(url).getFirst();
  }

  private static Certificates certificates() {
    return new Certificates(
        "modgate.verifier", List.of(host.certificate()), Optional.empty(), Optional.empty());
  }

  private static Path secret(String name, String content) throws Exception {
    Path file = folder.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, content);
  }
}
