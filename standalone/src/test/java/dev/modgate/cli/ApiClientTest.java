package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// Against a server that is busy on request.
final class ApiClientTest {
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private ApiClient busy(int times, Optional<String> retryAfter) {
    server.createContext(
        "/api/v1/syncs",
        exchange -> {
          boolean taken = asked.getAndIncrement() >= times;
          byte[] body =
              (taken ? "{\"id\":\"s1\"}" : "{\"detail\":\"other syncs are being read\"}")
                  .getBytes(StandardCharsets.UTF_8);
          retryAfter.ifPresent(
              seconds -> exchange.getResponseHeaders().set("Retry-After", seconds));
          exchange.sendResponseHeaders(taken ? 201 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return new ApiClient(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Optional.empty());
  }

  @Test
  void comesBackWithASyncWhenABusyServerSaysWhen() {
    ApiClient api = busy(2, Optional.of("0"));

    var accepted = api.post("/api/v1/syncs", JsonNodeFactory.instance.objectNode());

    assertThat(accepted.path("id").asString()).isEqualTo("s1");
    assertThat(asked).hasValue(3);
  }

  @Test
  void tellsWhatAServerSaysThatDoesNotSayWhenToComeBack() {
    ApiClient api = busy(1, Optional.empty());

    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> api.post("/api/v1/syncs", JsonNodeFactory.instance.objectNode()))
        .withMessage("other syncs are being read");
    assertThat(asked).hasValue(1);
  }
}
