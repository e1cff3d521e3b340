package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.cli.Main;
import dev.modgate.fetcher.FetcherApplication;
import dev.modgate.gateway.GatewayApplication;
import dev.modgate.publisher.PublisherApplication;
import dev.modgate.verifier.VerifierApplication;
import dev.modgate.watcher.WatcherApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real processes with settings that they can't start with: all that they print is one block.
final class FailedStartTest {
  private static final Map<String, Class<?>> SERVICES =
      Map.of(
          "watcher", WatcherApplication.class,
          "fetcher", FetcherApplication.class,
          "verifier", VerifierApplication.class,
          "publisher", PublisherApplication.class,
          "gateway", GatewayApplication.class);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"watcher", "fetcher", "verifier", "publisher", "gateway"})
  void aServiceNamesEveryProblemWithItsSettings(String service) throws Exception {
    Files.writeString(
        folder.resolve("modgate.yml"),
        """
        modgate:
          %s:
            nonsense: 1
        """
            .formatted(service));
    var variable = "MODGATE_%s_TYPO".formatted(service.toUpperCase(java.util.Locale.ROOT));

    JavaProcess.Result result = run(service, Map.of(variable, "1"));

    assertThat(result.output())
        .isEqualTo(
            """
            the modgate %s can't start:
              environment variable "%s" is no setting
              modgate.%1$s.nonsense is no setting (modgate.yml, line 3)
            """
                .formatted(service, variable));
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aServiceNamesTheFolderThatItCantUse() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    JavaProcess.Result result = run("gateway", Map.of("MODGATE_ZONESTORE_PATH", file.toString()));

    assertThat(result.output())
        .startsWith("the modgate gateway can't start:\n  modgate.zone-store.path is \"" + file)
        .hasLineCount(2);
  }

  @Test
  void aServiceNamesThePortThatIsInUse() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LocalBroker broker = LocalBroker.start(folder.resolve("kafka"), 0)) {
      String port = String.valueOf(taken.getLocalPort());

      JavaProcess.Result gateway = run("gateway", Map.of("MODGATE_GATEWAY_PORT", port));
      JavaProcess.Result watcher =
          run(
              "watcher",
              Map.of(
                  "MODGATE_WATCHER_PORT",
                  port,
                  "MODGATE_KAFKA_BOOTSTRAPSERVERS",
                  broker.bootstrapServers()));

      assertThat(gateway.output())
          .doesNotContain("\tat ")
          .endsWith( // after a word on the zone store that is not there yet
              "the modgate gateway can't start:\n  port "
                  + port
                  + " on 127.0.0.1 is in use: stop what listens there, or set"
                  + " modgate.gateway.port\n");
      assertThat(watcher.output())
          .contains("the modgate watcher can't start:\n  port " + port + " on 127.0.0.1 can't be")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aSecondBrokerInOneFolderIsOneSentence() throws Exception {
    try (LocalBroker _ = LocalBroker.start(folder.resolve("kafka"), 0);
        JavaProcess second =
            JavaProcess.main(
                Main.class,
                folder,
                Map.of(),
                List.of("broker", "--data", folder.toString(), "--kafka-port", "0"))) {
      JavaProcess.Result result = second.await(Site.LIMIT);

      assertThat(result.output())
          .startsWith("modgate: another Kafka broker is running in ")
          .hasLineCount(1);
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void standaloneSaysWhatModgateYmlHasWrong() throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("modgate.yml"),
        "modgate.kafka.partitions: 0\nmodgate.publisher.max-items: 0\n");
    try (JavaProcess up =
        JavaProcess.main(
            Main.class,
            folder,
            Map.of("GOPROXY", "https://proxy.example"),
            List.of("up", "--data", "data", "--port", "0", "--gateway-port", "0"))) {
      JavaProcess.Result result = up.await(Site.LIMIT);

      assertThat(result.output())
          .isEqualTo(
              """
              modgate: can't start:
                modgate.kafka.partitions is 0, want 1 to 10000
                modgate.publisher.max-items is 0, want 1 to 1000
              """);
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  private JavaProcess.Result run(String service, Map<String, String> environment)
      throws InterruptedException {
    Class<?> application = SERVICES.get(service);
    if (application == null) {
      throw new IllegalArgumentException(service);
    }
    try (JavaProcess process = JavaProcess.main(application, folder, environment, List.of())) {
      return process.await(Site.LIMIT);
    }
  }
}
