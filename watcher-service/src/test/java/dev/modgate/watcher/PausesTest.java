package dev.modgate.watcher;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.testsupport.PostgresServer;
import dev.modgate.testsupport.TinyDisk;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.WatcherParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole watcher while its broker, its database or the room for it is away: new work is taken
/// or refused with the reason, the status tells it, and all goes on by itself.
class PausesTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static LocalBroker broker;

  private String api = "";

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder.resolve("kafka"), 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void whileTheBrokerIsAwaySyncsAreTakenAndTheOutboxKeepsTheRequests() throws Exception {
    String address = broker.bootstrapServers();
    try (var _ = run("broker", h2(folder.resolve("broker")))) {
      await().atMost(LIMIT).until(() -> status().path("pauses").isEmpty());
      broker.close();

      HttpResponse<String> accepted = sync("example.com/broker@v1.0.0");

      assertThat(accepted.statusCode()).isEqualTo(201);
      assertThat(get("/readyz").statusCode()).isEqualTo(200);
      awaitPause("requests wait in the outbox: ");
      assertThat(status().path("outbox").path("unsent").asInt(0)).isEqualTo(1);
      broker =
          LocalBroker.start(
              folder.resolve("kafka"),
              Integer.parseInt(address.substring(address.indexOf(':') + 1)));
      awaitNoPause();
      assertThat(status().path("outbox").path("unanswered").asInt(0)).isEqualTo(1);
      assertThat(status().path("deadLetters").asInt(-1)).isZero();
    }
  }

  @Test
  void whileTheDatabaseIsAwayNewWorkIsRefusedAndResultsWaitInKafka() throws Exception {
    var postgres =
        switch (PostgresServer.start()) {
          case PostgresServer.Start.Running running -> running;
          case PostgresServer.Start.Missing(var reason) ->
              Assumptions.<PostgresServer.Start.Running>abort(reason);
        };
    try (var context = run("database", postgres.url())) {
      HttpResponse<String> accepted = sync("example.com/database@v1.0.0");
      assertThat(accepted.statusCode()).isEqualTo(201);
      ModuleRequested request = request(context, "example.com/database");
      postgres.server().stop();

      publish("database.", request);

      assertRefused("the database does not answer: ");
      awaitPause("the database does not answer: ");
      assertThat(status().has("modules")).as("unknown is not zero").isFalse();
      assertThat(postgres.server().startAgain()).isTrue();
      awaitNoPause();
      awaitDone(accepted);
      assertThat(status().path("deadLetters").asInt(-1)).isZero();
    } finally {
      postgres.server().stop();
    }
  }

  @Test
  void whileTheDatabasesDiskIsFullNewWorkIsRefusedAndNothingIsLost() throws Exception {
    try (var disk = TinyDisk.mount(folder.resolve("disk"), 32 * 1024);
        var context = run("disk", h2(disk.folder().resolve("database")))) {
      HttpResponse<String> accepted = sync("example.com/disk@v1.0.0");
      Path filler = disk.fill();

      assertRefused("the folder of the database, ");
      awaitPause("can't be written: ");

      Files.delete(filler);
      awaitNoPause();
      assertThat(sync("example.com/later@v1.0.0").statusCode()).isEqualTo(201);
      publish(context, "disk.", "example.com/disk");
      awaitDone(accepted);
    }
  }

  private ConfigurableApplicationContext run(String prefix, String database) throws IOException {
    int port = freePort();
    api = "http://127.0.0.1:" + port;
    return WatcherApplication.builder()
        .run(
            "--modgate.kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--modgate.kafka.topic-prefix=" + prefix + ".",
            "--modgate.kafka.partitions=1",
            "--modgate.watcher.port=" + port,
            "--modgate.watcher.latest.modules=",
            "--modgate.watcher.database.url=" + database);
  }

  private static String h2(Path file) {
    return "jdbc:h2:file:" + file + ";WRITE_DELAY=0";
  }

  private void assertRefused(String reason) throws Exception {
    HttpResponse<String> refused = sync("example.com/refused@v1.0.0");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          HttpResponse<String> again = sync("example.com/refused@v1.0.0");
          assertThat(again.statusCode()).isEqualTo(503);
          assertThat(again.body()).contains(reason);
        });
    HttpResponse<String> keyed = sync("example.com/refused@v1.0.0", "Idempotency-Key", "k");
    assertThat(keyed.statusCode()).isEqualTo(503);
    assertThat(keyed.headers().firstValue("Retry-After")).isPresent();
    HttpResponse<String> probe = get("/readyz");
    assertThat(probe.statusCode()).isEqualTo(503);
    assertThat(probe.body()).contains(reason);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  private void awaitPause(String reason) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(status().path("pauses"))
                .anySatisfy(pause -> {
                  assertThat(pause.path("of").asString("")).isEqualTo("watcher");
                  assertThat(pause.path("reason").asString("")).contains(reason);
                  assertThat(Instant.parse(pause.path("nextTry").asString("")))
                      .isAfter(Instant.parse(pause.path("since").asString("")));
                }));
  }

  private void awaitNoPause() {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(get("/readyz").statusCode()).isEqualTo(200);
          assertThat(status().path("pauses")).isEmpty();
        });
  }

  private void awaitDone(HttpResponse<String> accepted) {
    String self = accepted.headers().firstValue("Location").orElseThrow();
    await().atMost(LIMIT).until(() -> get(self).body().contains("\"state\":\"done\""));
  }

  private static ModuleRequested request(ConfigurableApplicationContext context, String path) {
    List<String> payloads =
        context
            .getBean(JdbcTemplate.class)
            .queryForList("select payload from outbox where path = ?", String.class, path);
    return WatcherParts.request(
        Objects.requireNonNull(payloads.getFirst()).getBytes(StandardCharsets.UTF_8));
  }

  private static void publish(ConfigurableApplicationContext context, String prefix, String path) {
    publish(prefix, request(context, path));
  }

  /// As a publisher that has it inside.
  private static void publish(String prefix, ModuleRequested request) {
    var kafka = KafkaSettings.of(broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
      var told =
          new ProducerRecord<>(
              Topic.MODULE_PUBLISHED.name(prefix),
              request.module().path().value(),
              EventJson.write(Answers.published(request, Answers.HASH)));
      assertThat(producer.send(told)).succeedsWithin(LIMIT);
    }
  }

  private JsonNode status() throws Exception {
    HttpResponse<String> status = get("/api/v1/status");
    assertThat(status.statusCode()).isEqualTo(200);
    return JsonMapper.shared().readTree(status.body());
  }

  private HttpResponse<String> sync(String module, String... header) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(api + "/api/v1/syncs"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"label\":\"test\",\"modules\":[\"" + module + "\"]}"));
    if (header.length > 0) {
      request.headers(header);
    }
    return HTTP.send(request.build(), ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(URI.create(api + path)).build(), ofString());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
