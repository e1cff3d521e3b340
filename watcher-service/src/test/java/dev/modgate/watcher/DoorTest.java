package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/// Requests written byte by byte: a client library would tidy their paths up. No broker is needed.
final class DoorTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir static Path folder;
  private static int guarded;
  private static int loopback;
  private static ConfigurableApplicationContext withToken;
  private static ConfigurableApplicationContext without;

  @BeforeAll
  static void start() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    guarded = freePort();
    loopback = freePort();
    withToken = run("guarded", guarded, "--modgate.watcher.token-file=" + token);
    without = run("loopback", loopback, "--modgate.watcher.token-file=");
  }

  @AfterAll
  static void stop() {
    withToken.close();
    without.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/status",
        "/%61pi/v1/status",
        "/a%70i/v1/st%61tus",
        "/api;x=1/v1/status",
        "/api/v1;/status",
        "/;/api/v1/status",
        "//api/v1/status",
        "/api//v1/status",
        "/./api/v1/status",
        "/x/../api/v1/status",
        "/healthz/../api/v1/status",
        "/healthz/..;/api/v1/status",
        "/healthz;/../api/v1/status",
        "/healthz/%2e%2e/api/v1/status",
        "/healthz%2f..%2fapi/v1/status",
        "/healthz%2F%2E%2E%2Fapi%2Fv1%2Fstatus",
        "/healthz%5c..%5capi/v1/status",
        "/%2561pi/v1/status",
        "/API/../api/v1/status",
        "/API/v1/status",
        "/api/v1/status/",
        "/api/v1/status%00",
        "/api/v1/status%20",
        "/api/v1/status?x=/healthz",
        "http://127.0.0.1/%61pi/v1/status",
        "/api/v1/syncs",
        "/actuator",
        "/error",
        "/",
      })
  void noSpellingOfAPathGoesAroundTheTokenOrTheHost(String path) throws Exception {
    assertThat(status(guarded, "GET", path, "127.0.0.1", "")).isIn(400, 401);
    assertThat(status(loopback, "GET", path, "rebound.example", "")).isIn(400, 403);
  }

  @Test
  void aSyncBehindAnotherSpellingIsNotTaken() throws Exception {
    for (String path : new String[] {"/%61pi/v1/syncs", "/api;/v1/syncs", "/api/v1/syncs"}) {
      assertThat(status(guarded, "POST", path, "127.0.0.1", "")).isIn(400, 401);
      assertThat(status(loopback, "POST", path, "rebound.example", "")).isIn(400, 403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%61pi/v1/status",
        "/api;x=1/v1/status",
        "//api/v1/status",
        "/x/../api/v1/status",
        "/./api/v1/status",
        "/api/v1/status%00",
        "/api/v1/modules/example.com%2fm",
        "/api/v1/modules/example%2ecom/m",
      })
  void whoMayComeInIsToldThatAPathHasOneSpelling(String path) throws Exception {
    assertThat(status(guarded, "GET", path, "127.0.0.1", "Authorization: Bearer " + TOKEN))
        .isEqualTo(400);
    assertThat(status(loopback, "GET", path, "127.0.0.1", "")).isEqualTo(400);
  }

  @Test
  void theOneSpellingIsServed() throws Exception {
    String authorization = "Authorization: Bearer " + TOKEN;
    assertThat(status(guarded, "GET", "/api/v1/status", "any.example", authorization))
        .isEqualTo(200);
    for (String host : new String[] {"127.0.0.1", "localhost:8080", "LocalHost", "[::1]:80"}) {
      assertThat(status(loopback, "GET", "/api/v1/status", host, "")).as(host).isEqualTo(200);
    }
    // asked for by nobody so far, but a module path all the same
    assertThat(
            status(
                loopback,
                "GET",
                "/api/v1/modules/example.com/m/versions/v2.0.0%2Bincompatible",
                "127.0.0.1",
                ""))
        .isEqualTo(404);
  }

  @Test
  void whoMayNotComeInTakesNobodysTurnAndLearnsNoLimit() throws Exception {
    String huge = "Content-Type: application/json\r\nContent-Length: 1000000000";

    assertThat(status(guarded, "PUT", "/api/v1/syncs", "127.0.0.1", huge)).isEqualTo(401);
    assertThat(status(loopback, "PUT", "/api/v1/syncs", "rebound.example", huge)).isEqualTo(403);
  }

  @Test
  void probesNeedNeitherTokenNorHost() throws Exception {
    for (String path : new String[] {"/healthz", "/readyz"}) {
      assertThat(status(guarded, "GET", path, "10.0.0.1:8080", "")).isEqualTo(200);
      assertThat(status(loopback, "GET", path, "10.0.0.1:8080", "")).isEqualTo(200);
    }
  }

  @Test
  void agentsNeedASignatureAlone() throws Exception {
    for (String path : new String[] {"/agent/v1/want-lists", "/agent/v1/statuses"}) {
      assertThat(status(guarded, "POST", path, "watcher.example", "")).isEqualTo(404);
      assertThat(status(loopback, "POST", path, "watcher.example", "")).isEqualTo(404);
      assertThat(status(guarded, "POST", path + "/", "watcher.example", "")).isEqualTo(401);
    }
    assertThat(status(guarded, "POST", "/agent/v1/other", "watcher.example", "")).isEqualTo(401);
    assertThat(status(guarded, "GET", "/api/v1/want-lists", "any", "")).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example",
        "127.0.0.1.rebound.example",
        "127.0.0.1@rebound.example",
        "localhost.rebound.example",
        "0.0.0.0",
        "2130706433",
        "[::]",
        "",
      })
  void onlyLoopbackByItsNameIsLoopback(String host) throws Exception {
    assertThat(status(loopback, "GET", "/api/v1/status", host, "")).isIn(400, 403);
  }

  private static int status(int port, String method, String target, String host, String header)
      throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String body = "{\"modules\":[\"example.com/m@v1.0.0\"]}";
      String request =
          "%s %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n"
                  .formatted(method, target, host, header.isEmpty() ? "" : header + "\r\n")
              + (method.equals("POST")
                  ? "Content-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body
                  : "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  private static ConfigurableApplicationContext run(String database, int port, String more) {
    return WatcherApplication.builder()
        .run(
            "--modgate.kafka.bootstrap-servers=127.0.0.1:1",
            "--modgate.watcher.port=" + port,
            "--modgate.watcher.database.url=jdbc:h2:file:"
                + folder.resolve(database)
                + ";WRITE_DELAY=0",
            more);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
