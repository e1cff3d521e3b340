package dev.modgate.watcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WithoutKafkaTest {
  /// Too long for a name: no resolver is asked.
  private static final String NOBODY = "k".repeat(64) + ":9092";

  @TempDir Path folder;

  @Test
  void takesSyncsWhileTheBrokersNameDoesNotResolveYet() throws Exception {
    int port = freePort();
    String api = "http://127.0.0.1:" + port;
    var args =
        List.of(
            "--modgate.kafka.bootstrap-servers=" + NOBODY,
            "--modgate.watcher.port=" + port,
            "--server.jetty.max-connections=2",
            "--modgate.watcher.database.url=jdbc:h2:file:" + folder.resolve("database"));

    try (var _ = WatcherApplication.builder().run(args.toArray(String[]::new))) {
      assertThat(get(api + "/readyz").statusCode()).isEqualTo(200);
      assertThat(sync(api).statusCode()).isEqualTo(201);
      assertThat(get(api + "/api/v1/status").body())
          .contains("\"state\":\"down\"", NOBODY, "No resolvable bootstrap urls");
      assertThatOneMoreThanTheMostConnectionsWaits(port);
    }
  }

  private static void assertThatOneMoreThanTheMostConnectionsWaits(int port) throws IOException {
    byte[] request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    InetAddress here = InetAddress.getLoopbackAddress();
    try (var first = new Socket(here, port);
        var second = new Socket(here, port)) {
      for (Socket held : List.of(first, second)) {
        held.getOutputStream().write(request);
        assertThat(held.getInputStream().read()).isEqualTo('H');
      }
      try (var third = new Socket(here, port)) {
        third.getOutputStream().write(request);
        third.setSoTimeout(500);
        assertThatThrownBy(() -> third.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        first.getOutputStream().close(); // and the socket with it
        third.setSoTimeout(60_000);
        assertThat(third.getInputStream().read()).isEqualTo('H');
      }
    }
  }

  private static HttpResponse<String> sync(String api) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(api + "/api/v1/syncs"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"label\":\"test\",\"modules\":[\"example.com/m@v1.0.0\"]}")));
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
