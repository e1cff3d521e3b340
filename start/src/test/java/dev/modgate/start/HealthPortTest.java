package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageSettings;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.stage.StageWork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthPortTest extends SettingsContract<HealthPort> {
  /// Too long for a name: no resolver is asked.
  private static final String NO_NAME = "k".repeat(64) + ":9092";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  HealthPortTest() {
    super(HealthPort.class, "all.yml", Service.class);
  }

  private static Stage<ModuleRequested> stage() {
    return stage("127.0.0.1:9");
  }

  private static Stage<ModuleRequested> stage(String broker) {
    StageWork<ModuleRequested> work =
        new StageWork<>() {
          @Override
          public List<ModuleEvent> process(ModuleRequested event) {
            return List.of();
          }

          @Override
          public List<ModuleEvent> deferred(
              ModuleRequested event, DeferReason reason, String sentence) {
            return List.of();
          }
        };
    return new Stage<>(
        StageName.FETCH,
        "m.fetcher",
        ModuleRequested.class,
        work,
        KafkaSettings.of(broker),
        StageSettings.defaults(),
        List::of);
  }

  private static InetSocketAddress anywhere() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static HttpResponse<String> get(HealthServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void whoWaitsForItsBrokerLivesAndIsNotReady() throws Exception {
    try (HealthServer server = HealthServer.on(anywhere(), List.of(stage()))) {
      assertThat(get(server, "/livez").body()).isEqualTo("ok\n");
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(server, "/readyz").body()).isEqualTo("m.fetcher is starting\n");
      assertThat(get(server, "/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whoPausesLivesIsReadyAndSaysWhyItWaits() throws Exception {
    try (var stage = stage(NO_NAME);
        HealthServer server = HealthServer.on(anywhere(), List.of(stage))) {
      stage.start();

      await().atMost(LIMIT).until(() -> stage.status().state() == StageStatus.State.PAUSED);

      assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/readyz").body())
          .startsWith("ready\nm.fetcher pauses: ")
          .contains("No resolvable bootstrap urls", "(since 2", ", tries again at 2");
    }
  }

  @Test
  void whoIsStuckIsNotAlive() throws Exception {
    try (var stage = stage(NO_NAME);
        HealthServer server = HealthServer.on(anywhere(), List.of(stage))) {
      stage.start();

      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("stage-m.fetcher"))
          .forEach(Thread::interrupt); // nobody does: its loop ends unasked

      await().atMost(LIMIT).until(() -> get(server, "/livez").statusCode() == 503);
      assertThat(get(server, "/livez").body())
          .isEqualTo("m.fetcher is stuck: its poll thread ended\n");
    }
  }

  @Test
  void headersHaveABound() throws Exception {
    try (HealthServer server = HealthServer.on(anywhere(), List.of());
        var client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/livez");
      var request = HttpRequest.newBuilder(uri).header("X-Long", "x".repeat(64 * 1024)).build();

      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class); // cut off
      assertThat(get(server, "/livez").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = new HealthPort("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> port.open(List.of()))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("modgate.health.port " + taken.getLocalPort())
          .hasMessageContaining("can't be listened on");
    }
  }

  @Test
  void zeroListensNowhere() {
    try (HealthServer server = new HealthPort("127.0.0.1", 0).open(List.of(stage()))) {
      assertThat(server.port()).isZero();
    }
  }
}
