package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageSettings;
import dev.modgate.pipeline.stage.StageWork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthPortTest extends SettingsContract<HealthPort> {
  HealthPortTest() {
    super(HealthPort.class, "all.yml", Service.class);
  }

  private static Stage<ModuleRequested> stage() {
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
        KafkaSettings.of("127.0.0.1:9"),
        StageSettings.defaults(),
        List::of);
  }

  private static HttpResponse<String> get(HealthServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void whoWaitsForItsBrokerLivesAndIsNotReady() throws Exception {
    var anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (HealthServer server = HealthServer.on(anywhere, List.of(stage()))) {
      assertThat(get(server, "/livez").body()).isEqualTo("ok\n");
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(server, "/readyz").body()).isEqualTo("m.fetcher is starting\n");
      assertThat(get(server, "/").statusCode()).isEqualTo(404);
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
