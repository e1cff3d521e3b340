package dev.modgate.start;

import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.stage.StageStatus.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Answers probes about the stages of a process:
///
/// | path | 200 | 503, with a sentence |
/// |---|---|---|
/// | `/livez` | it works, pauses, or waits for its broker: a new start would help nothing | a stage is stuck |
/// | `/readyz` | every stage works or pauses; a line for each pause | one starts, fails or ends |
///
/// Asking is cheap, and nothing that is sent here is kept: 8 KiB of headers, 5 s for a request, 64
/// at a time.
public final class HealthServer implements AutoCloseable {
  private static final int WAITING = 16;
  private static final int MOST_HEADERS = 8 * 1024;
  private static final int MOST_CONNECTIONS = 64;

  private final @Nullable HttpServer server;

  private HealthServer(@Nullable HttpServer server) {
    this.server = server;
  }

  static HealthServer nowhere() {
    return new HealthServer(null);
  }

  static HealthServer on(InetSocketAddress address, List<? extends Stage<?>> stages)
      throws IOException {
    // seconds; who trickles in a request is cut off
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", String.valueOf(MOST_HEADERS));
    System.setProperty("jdk.httpserver.maxConnections", String.valueOf(MOST_CONNECTIONS));
    HttpServer server = HttpServer.create(address, WAITING);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, stages));
    server.start();
    return new HealthServer(server);
  }

  /// Where it listens; 0 for nowhere.
  int port() {
    return server == null ? 0 : server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, List<? extends Stage<?>> stages)
      throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/livez" -> send(exchange, stuck(stages), "ok");
      case "/readyz" -> {
        List<StageStatus> all = stages.stream().map(Stage::status).toList();
        send(exchange, notReady(all), ready(all));
      }
      default -> send(exchange, 404, "there are /livez and /readyz");
    }
  }

  private static Optional<String> stuck(List<? extends Stage<?>> stages) {
    return stages.stream().flatMap(stage -> stage.stuck().stream()).findFirst();
  }

  private static Optional<String> notReady(List<StageStatus> all) {
    return all.stream()
        .filter(status -> status.state() != State.RUNNING && status.state() != State.PAUSED)
        .map(status -> {
          String is = status.group() + " is " + status.state().name().toLowerCase(Locale.ROOT);
          String why = status.pauses().stream().map(HealthServer::told).collect(joining("; "));
          return why.isEmpty() ? is : is + ": " + why;
        })
        .findFirst();
  }

  private static String ready(List<StageStatus> all) {
    var lines = new ArrayList<String>(List.of("ready"));
    for (StageStatus status : all) {
      status.pauses().forEach(pause -> lines.add(status.group() + " pauses: " + told(pause)));
    }
    return String.join("\n", lines);
  }

  private static String told(StageStatus.Pause pause) {
    return Plain.of(pause.reason())
        + " (since "
        + pause.since().truncatedTo(ChronoUnit.SECONDS)
        + (pause.nextTry() == null
            ? ", until somebody helps"
            : ", tries again at " + pause.nextTry().truncatedTo(ChronoUnit.SECONDS))
        + ")";
  }

  private static void send(HttpExchange exchange, Optional<String> problem, String well)
      throws IOException {
    send(exchange, problem.isPresent() ? 503 : 200, problem.map(Plain::of).orElse(well));
  }

  private static void send(HttpExchange exchange, int status, String sentence) throws IOException {
    byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
