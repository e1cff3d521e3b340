package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against a server that answers from a script.
final class FollowingTest {
  private static final JsonNode ACCEPTED = JsonMapper.shared().readTree("{\"id\":\"s1\"}");
  private static final Project HELLO = new Project("hello", null, null, null, null, List.of());

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /// @param answers statuses; the last stays; none where the test answers
  private Following following(Duration patience, int... answers) {
    answer(answers);
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Following(new ApiClient(base, Optional.empty()), "modgate status", patience);
  }

  private void answer(int... answers) {
    if (answers.length == 0) {
      return;
    }
    server.createContext(
        "/api/v1/syncs/s1",
        exchange -> {
          int turn = asked.getAndIncrement();
          int status = answers[Math.min(turn, answers.length - 1)];
          boolean settled = status == 200 && turn >= answers.length - 1;
          byte[] body =
              (status == 200
                      ? "{\"id\":\"s1\",\"settled\":" + settled + "}"
                      : "{\"detail\":\"the database does not answer now\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @Test
  void aServerThatComesBackIsWaitedFor() {
    var following = following(Duration.ofMinutes(1), 200, 503, 503, 200, 200);

    JsonNode end = following.toTheEnd(ACCEPTED, HELLO, true);

    assertThat(end.path("settled").asBoolean(false)).isTrue();
  }

  @Test
  void allPagesOfTheModulesAreRead() {
    server.createContext(
        "/api/v1/syncs/s1",
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          String rest =
              switch (query) {
                case "modules=all" -> ",\"modules\":[1,2],\"next\":\"a/b@v2.0.0+incompatible\"";
                case "modules=all&after=a/b@v2.0.0+incompatible" -> ",\"modules\":[3]";
                default -> "";
              };
          byte[] body = ("{\"settled\":true" + rest + "}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    var following = following(Duration.ofMinutes(1));

    JsonNode end = following.toTheEnd(ACCEPTED, HELLO, true);

    assertThat(end.toString()).isEqualTo("{\"settled\":true,\"modules\":[1,2,3]}");
  }

  @Test
  void aServerThatFallsSilentEndsTheCommandAfterAWhile() {
    var following = following(Duration.ofMillis(300), 200, 503);

    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> following.toTheEnd(ACCEPTED, HELLO, true))
        .withMessageContaining("fell silent in the middle of sync s1; what it took is kept")
        .withMessageContaining("the database does not answer now")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NOT_REACHABLE));
    assertThat(asked).hasValueGreaterThan(2);
  }

  @Test
  void whatIsNoSilenceEndsTheCommandAtOnce() {
    var following = following(Duration.ofMinutes(1), 200, 404);

    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> following.toTheEnd(ACCEPTED, HELLO, true))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED));
  }
}
