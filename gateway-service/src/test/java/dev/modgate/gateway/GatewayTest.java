package dev.modgate.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectSource;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.zone.RefusalNote;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.start.StartException;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
  private static final String V1 = "/example.com/m/@v/v1.0.0";

  private final SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");
  private final HttpClient client = HttpClient.newHttpClient();
  private @TempDir Path folder;
  private Zone zone;
  private GatewayServer gateway;

  @BeforeEach
  void start() throws Exception {
    zone = new Zone(new FileObjectStore(folder, Durability.RELAXED)).with(module);
    gateway = Gateways.start(new FileObjectSource(folder));
  }

  @AfterEach
  void stop() {
    gateway.close();
    client.close();
  }

  @Test
  void servesTheFiveFilesWithTheirTypes() throws Exception {
    assertThat(get("/example.com/m/@v/list").body()).isEqualTo("v1.0.0\n".getBytes(UTF_8));
    assertThat(get("/example.com/m/@latest").body()).isEqualTo(module.info());
    assertThat(get(V1 + ".info").body()).isEqualTo(module.info());
    assertThat(get(V1 + ".mod").body()).isEqualTo(module.mod());
    assertThat(get(V1 + ".zip").body()).isEqualTo(module.zip());

    assertThat(header(get("/example.com/m/@v/list"), "content-type"))
        .isEqualTo("text/plain; charset=utf-8");
    assertThat(header(get(V1 + ".info"), "content-type")).isEqualTo("application/json");
    assertThat(header(get(V1 + ".zip"), "content-type")).isEqualTo("application/zip");
    assertThat(header(get(V1 + ".zip"), "cache-control")).contains("immutable");
    assertThat(header(get(V1 + ".zip"), "server")).isEqualTo("modgate");
  }

  @Test
  void decodesCaseEncodedPathsWhicheverWayTheyAreSent() throws Exception {
    var upper = SyntheticModule.of("github.com/BurntSushi/toml@v1.0.0-RC1");
    zone.with(upper);

    assertThat(get("/github.com/!burnt!sushi/toml/@v/v1.0.0-!r!c1.mod").body())
        .isEqualTo(upper.mod());
    assertThat(get("/github.com/%21burnt%21sushi/toml/%40v/v1.0.0-%21r%21c1.mod").body())
        .isEqualTo(upper.mod());
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws Exception {
    var head = send(request(V1 + ".zip").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "content-length")).isEqualTo("" + module.zip().length);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void otherMethodsAreNotAllowed() throws Exception {
    var post = send(request(V1 + ".zip").POST(HttpRequest.BodyPublishers.ofString("x")));

    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(header(post, "allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void aKnownEntityTagIsAnsweredWithNotModified() throws Exception {
    String tag = header(get(V1 + ".mod"), "etag");

    var again = send(request(V1 + ".mod").header("If-None-Match", "\"other\", " + tag));

    assertThat(tag).startsWith("\"").endsWith("\"");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "etag")).isEqualTo(tag);
  }

  @Test
  void servesOneRangeOfALargeZip() throws Exception {
    var noise = new byte[3_000_000];
    new Random(1).nextBytes(noise);
    var large = SyntheticModule.of("example.com/large@v1.0.0").withFile("noise.bin", noise);
    zone.with(large);
    String path = "/example.com/large/@v/v1.0.0.zip";

    var whole = get(path);
    var part = send(request(path).header("Range", "bytes=100000-2000000"));
    var stale = send(request(path).header("Range", "bytes=1-2").header("If-Range", "\"another\""));
    var beyond = send(request(path).header("Range", "bytes=9000000-"));

    assertThat(whole.body()).isEqualTo(large.zip());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(large.zip(), 100_000, 2_000_001));
    assertThat(header(part, "content-range"))
        .isEqualTo("bytes 100000-2000000/" + large.zip().length);
    assertThat(stale.statusCode()).isEqualTo(200);
    assertThat(stale.body()).isEqualTo(large.zip());
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(header(beyond, "content-range")).isEqualTo("bytes */" + large.zip().length);
  }

  @Test
  void whatIsNotInsideIs404AndSaysHowToAskForIt() throws Exception {
    var absent = get("/example.com/m/@v/v1.2.3.info");

    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(header(absent, "content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(header(absent, "cache-control")).isEqualTo("no-store");
    assertThat(text(absent))
        .isEqualTo(
            "example.com/m@v1.2.3 is not inside.\n"
                + "Ask for it with: modgate sync example.com/m@v1.2.3"
                + " (or at http://console.example)\n");
    assertThat(text(get("/example.com/none/@v/list"))).contains("no version of example.com/none");
    assertThat(get("/example.com/none/@v/list").statusCode()).isEqualTo(404);
    assertThat(get("/example.com/none/@latest").statusCode()).isEqualTo(404);
  }

  @Test
  void whatWasRefusedIs403AndSaysWhy() throws Exception {
    zone.withRefusal("example.com/bad@v1.0.0", RejectReason.CLAIM_MISMATCH, "hash is h1:x but y");

    var refused = get("/example.com/bad/@v/v1.0.0.info");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(text(refused))
        .contains("example.com/bad@v1.0.0 was refused (claim-mismatch): hash is h1:x but y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%c2%9b2J",
        "/example.com/m/@v/%c2%9b2J.info",
        "/example.com/%c2%9b2J/@v/list",
        "/example.com/bad/@v/v1.0.0.info"
      })
  void aReasonDoesNotSteerTheTerminal(String path) throws Exception {
    zone.withRefusal(
        "example.com/bad@v1.0.0", RejectReason.BAD_ZIP, "entry \u001b[2J\u009b is bad");

    String reason = text(get(path));

    assertThat(reason).contains("\\u009b");
    assertThat(reason.lines()).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
  }

  @Test
  void aRefusedZipIs403AlsoWhereItsGoModIsInside() throws Exception {
    var graph = SyntheticModule.of("example.com/graph@v1.0.0");
    zone.withGoModOf(graph)
        .withRefusal("example.com/graph@v1.0.0", RejectReason.BAD_ZIP, "two entries of one name");

    assertThat(get("/example.com/graph/@v/v1.0.0.mod").body()).isEqualTo(graph.mod());
    assertThat(get("/example.com/graph/@v/v1.0.0.info").body()).isEqualTo(graph.info());
    assertThat(get("/example.com/graph/@v/v1.0.0.zip").statusCode()).isEqualTo(403);
  }

  @Test
  void aRefusedGoModIs403AndSaysNothingOfTheZip() throws Exception {
    zone.withRefusal(Want.MOD, "example.com/bad@v1.0.0", RejectReason.CLAIM_MISMATCH, "not h1:x");

    assertThat(get("/example.com/bad/@v/v1.0.0.mod").statusCode()).isEqualTo(403);
    assertThat(get("/example.com/bad/@v/v1.0.0.info").statusCode()).isEqualTo(403);
    assertThat(get("/example.com/bad/@v/v1.0.0.zip").statusCode()).isEqualTo(404);
  }

  @Test
  void eachFileHasTheReasonOfItsOwnRefusal() throws Exception {
    zone.withRefusal(Want.ZIP, "example.com/bad@v1.0.0", RejectReason.BAD_ZIP, "the zip is bad")
        .withRefusal(Want.MOD, "example.com/bad@v1.0.0", RejectReason.CLAIM_MISMATCH, "wrong mod");

    assertThat(text(get("/example.com/bad/@v/v1.0.0.zip"))).contains("the zip is bad");
    assertThat(text(get("/example.com/bad/@v/v1.0.0.mod"))).contains("wrong mod");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{\"want\":\"zip\",\"code\":\"of-tomorrow\",\"sentence\":\"x\","
            + "\"at\":\"2026-11-01T00:00:00Z\"}"
      })
  void aRefusalIsOneAlsoWhereItsNoteCantBeRead(String note) throws Exception {
    var bad = ModuleVersion.parse("example.com/bad@v1.0.0");
    zone.set(ZoneLayout.refusal(bad, Want.ZIP), note.getBytes(UTF_8));

    var refused = get("/example.com/bad/@v/v1.0.0.info");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(text(refused))
        .startsWith(
            "example.com/bad@v1.0.0 was refused; the note of it can't be read by this gateway: ")
        .contains("modgate sync example.com/bad@v1.0.0");
  }

  @Test
  void aRefusalIsOneAlsoWhereItsNoteIsTooLarge() throws Exception {
    var bad = ModuleVersion.parse("example.com/bad@v1.0.0");
    zone.set(ZoneLayout.refusal(bad, Want.ZIP), new byte[RefusalNote.MAX_BYTES + 1]);

    assertThat(get("/example.com/bad/@v/v1.0.0.zip").statusCode()).isEqualTo(403);
  }

  @Test
  void noLinkLeadsOutOfTheZone(@TempDir Path outside) throws Exception {
    var secret = SyntheticModule.of("example.com/secret@v1.0.0");
    var _ = new Zone(new FileObjectStore(outside, Durability.RELAXED)).with(secret);
    Path inside = Files.createDirectories(folder.resolve("example.com"));
    Files.createSymbolicLink(inside.resolve("secret"), outside.resolve("example.com/secret"));
    Path versions = Files.createDirectories(inside.resolve("linked/@v"));
    Files.createSymbolicLink(
        versions.resolve("v1.0.0.zip"), outside.resolve("example.com/secret/@v/v1.0.0.zip"));

    for (String path :
        List.of(
            "/example.com/secret/@v/list",
            "/example.com/secret/@latest",
            "/example.com/secret/@v/v1.0.0.zip",
            "/example.com/linked/@v/v1.0.0.zip")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aReasonStaysWithinWhatGoShows() throws Exception {
    zone.withRefusal("example.com/bad@v1.0.0", RejectReason.BAD_ZIP, "é".repeat(5000));

    byte[] body = get("/example.com/bad/@v/v1.0.0.info").body();

    assertThat(body.length).isLessThanOrEqualTo(Reasons.MAX_BYTES);
    assertThat(new String(body, UTF_8).lines().count()).isLessThan(8);
    assertThat(new String(body, UTF_8))
        .contains("ask again with: modgate sync")
        .doesNotContain("\ufffd");
  }

  @Test
  void aNoteNeverShadowsWhatIsInside() throws Exception {
    zone.withRefusal("example.com/m@v1.0.0", RejectReason.CLAIM_MISMATCH, "a wrong go.sum line");

    assertThat(get(V1 + ".zip").statusCode()).isEqualTo(200);
  }

  @Test
  void aVersionOfWhichOnlyTheGoModIsInsideSaysSo() throws Exception {
    zone.withGoModOf(SyntheticModule.of("example.com/graph@v1.0.0"));

    var zip = get("/example.com/graph/@v/v1.0.0.zip");

    assertThat(get("/example.com/graph/@v/v1.0.0.mod").statusCode()).isEqualTo(200);
    assertThat(zip.statusCode()).isEqualTo(404);
    assertThat(text(zip)).startsWith("only the go.mod of example.com/graph@v1.0.0 is inside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/favicon.ico",
        "/example.com/M/@v/list",
        "/example.com/m/@v/v1.0.0.exe",
        "/example.com/m/@v/master.info",
        "/example.com/m/@v/v1.2.info",
        "/example.com/m/@v/v1.0.0-RC1.info",
        "/example.com/!!m/@v/list",
        "/_modgate/refused/example.com/m/@v/v1.0.0.json",
        "/example.com/m/@v/..%2Fv1.0.0.zip",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/example.com/m/%00/@v/list",
        "/example.com/m/%1b%5b2J/@v/list",
        "/example.com/%c3%28/@v/list",
        "/sumdb/other.example/supported",
        "/sumdb/sum.golang.org/lookup/example.com/m",
        "/sumdb/sum.golang.org/lookup/example.com/m@v1.0.0",
        "/sumdb/sum.golang.org/tile/8/0/1",
        "/sumdb/sum.golang.org/tile/8/data/000",
        "/sumdb/../_modgate/latest",
        "/sumdb//supported",
      })
  void anythingElseIs404Or400WithASentence(String path) throws Exception {
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
    assertThat(answer).containsIgnoringCase("content-type: text/plain");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isNotBlank();
  }

  @Test
  void overlongRequestsAreRefusedAndTheGatewayLives() throws Exception {
    String path = "/" + "a".repeat(100_000);

    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void aStoreThatFailsIs503AndNever404() throws Exception {
    gateway.close();
    gateway = Gateways.start(new FailingStore(zone.store(), "/@v/list"));

    var failed = get("/example.com/m/@v/list");

    assertThat(failed.statusCode()).isEqualTo(503);
    assertThat(header(failed, "retry-after")).isEqualTo("10");
    assertThat(text(failed)).contains("says nothing about the module");
    assertThat(get(V1 + ".info").statusCode()).isEqualTo(200);
  }

  @Test
  void aPortInUseIsNamed() {
    var second =
        new GatewayServer(Gateways.settings(gateway.port(), null), new MemoryObjectStore());

    assertThatThrownBy(second::start)
        .isInstanceOf(StartException.class)
        .hasMessage(
            "port "
                + gateway.port()
                + " on 127.0.0.1 is in use: stop what listens there, or set modgate.gateway.port");
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
