package dev.modgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The gateway needs no right to write to the zone store, and would not use it.
class ReadOnlyZoneTest {
  private final SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");
  private final HttpClient client = HttpClient.newHttpClient();
  private @TempDir Path folder;

  @Test
  void leavesTheZoneAsItIsAlsoWhatAPublisherLeftThere() throws Exception {
    var _ = new Zone(new FileObjectStore(folder, Durability.RELAXED)).with(module);
    Path temp = Files.writeString(folder.resolve(".tmp-modgate/new/of-a-publisher"), "half");
    Files.setLastModifiedTime(temp, FileTime.from(Instant.EPOCH));
    List<String> before = tree();

    try (var context = start(folder)) {
      assertThat(get(context, "/example.com/m/@v/v1.0.0.zip").body()).isEqualTo(module.zip());
      assertThat(get(context, "/example.com/x/@v/v1.0.0.zip").statusCode()).isEqualTo(404);
    }

    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void servesAZoneThatAppearsLater() throws Exception {
    Path zone = folder.resolve("mounted/later");

    try (var context = start(zone)) {
      assertThat(get(context, "/example.com/m/@v/list").statusCode()).isEqualTo(503);
      assertThat(get(context, "/healthz").statusCode()).isEqualTo(503);
      assertThat(folder).isEmptyDirectory();

      var _ = new Zone(new FileObjectStore(zone, Durability.RELAXED)).with(module);

      assertThat(get(context, "/example.com/m/@v/list").statusCode()).isEqualTo(200);
      assertThat(get(context, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aZoneThatIsNoLongerMountedIs503AndNever404() throws Exception {
    Path zone = folder.resolve("mounted");
    var _ = new Zone(new FileObjectStore(zone, Durability.RELAXED)).with(module);

    try (var context = start(zone)) {
      assertThat(get(context, "/healthz").statusCode()).isEqualTo(200);
      Files.move(zone, folder.resolve("unmounted"));
      Files.createDirectory(zone);

      assertThat(get(context, "/example.com/m/@v/v1.0.0.zip").statusCode()).isEqualTo(503);
      assertThat(get(context, "/example.com/m/@v/list").statusCode()).isEqualTo(503);
      assertThat(get(context, "/healthz").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void withACacheAZoneThatIsNoLongerMountedIsServedAsItWas() throws Exception {
    Path zone = folder.resolve("mounted");
    var _ = new Zone(new FileObjectStore(zone, Durability.RELAXED)).with(module);

    try (var context = start(zone, "--modgate.gateway.cache.folder=" + folder.resolve("cache"))) {
      var there = get(context, "/example.com/m/@v/v1.0.0.zip");
      assertThat(there.headers().firstValue("modgate-from-cache")).isEmpty();
      Files.move(zone, folder.resolve("unmounted"));
      Files.createDirectory(zone);

      var away = get(context, "/example.com/m/@v/v1.0.0.zip");
      assertThat(away.body()).isEqualTo(module.zip());
      assertThat(away.headers().firstValue("modgate-from-cache").orElse("")).matches("[0-9]+");
      assertThat(away.headers().firstValue("etag")).isEqualTo(there.headers().firstValue("etag"));
      assertThat(away.headers().firstValue("cache-control").orElse("")).contains("max-age=10");
      assertThat(get(context, "/example.com/m/@v/list").statusCode()).isEqualTo(503);
      assertThat(get(context, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withACacheALargeZipIsKeptWhileItIsSent() throws Exception {
    var noise = new byte[3_000_000];
    new Random(1).nextBytes(noise);
    var large = SyntheticModule.of("example.com/large@v1.0.0").withFile("noise.bin", noise);
    Path zone = folder.resolve("mounted");
    var _ = new Zone(new FileObjectStore(zone, Durability.RELAXED)).with(large);

    try (var context = start(zone, "--modgate.gateway.cache.folder=" + folder.resolve("cache"))) {
      var there = get(context, "/example.com/large/@v/v1.0.0.zip");
      assertThat(there.body()).isEqualTo(large.zip());
      Files.move(zone, folder.resolve("unmounted"));

      await()
          .atMost(Duration.ofSeconds(30)) // it gets its name when the answer has been written
          .untilAsserted(() ->
              assertThat(get(context, "/example.com/large/@v/v1.0.0.zip").body())
                  .isEqualTo(large.zip()));
    }
  }

  @Test
  void aZoneThatIsAFileStopsTheStart() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> start(file).close())
        .rootCause()
        .hasMessage("store \"" + file + "\" is a file, want a folder");
  }

  private HttpResponse<byte[]> get(ConfigurableApplicationContext context, String path)
      throws IOException, InterruptedException {
    int port = context.getBean(GatewayServer.class).port();
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  /// Every file and folder, and when it was changed.
  private List<String> tree() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.sorted().map(ReadOnlyZoneTest::describe).toList();
    }
  }

  private static String describe(Path path) {
    try {
      return path + " " + Files.getAttribute(path, "unix:ctime");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ConfigurableApplicationContext start(Path zone, String... more) {
    var arguments =
        new ArrayList<>(List.of("--modgate.gateway.port=0", "--modgate.zone-store.path=" + zone));
    arguments.addAll(List.of(more));
    return GatewayApplication.builder().run(arguments.toArray(String[]::new));
  }
}
