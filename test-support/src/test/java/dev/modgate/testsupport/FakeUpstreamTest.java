package dev.modgate.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.gomod.proxy.ProxyPath;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeUpstreamTest {
  private final SyntheticModule hello = SyntheticModule.of("example.com/Hello@v1.0.0");

  @Test
  void servesWhatAModuleHasAndCountsIt() throws Exception {
    try (var upstream = FakeUpstream.serving(hello)) {
      assertThat(get(upstream, ProxyPath.zip(hello.module())).body()).isEqualTo(hello.zip());
      assertThat(text(upstream, "example.com/!hello/@v/list")).isEqualTo("v1.0.0\n");
      assertThat(text(upstream, "example.com/!hello/@latest")).contains("v1.0.0");
      assertThat(get(upstream, "example.com/other/@v/list").statusCode()).isEqualTo(404);

      assertThat(upstream.count(ProxyPath.zip(hello.module()))).isEqualTo(1);
      assertThat(upstream.count()).isEqualTo(4);
    }
  }

  @Test
  void misbehavesAsOftenAsAskedFor() throws Exception {
    try (var upstream = FakeUpstream.serving(hello)) {
      upstream.fault("\\.mod$", 1, Fault.status(500, "oops\n"));

      assertThat(get(upstream, ProxyPath.mod(hello.module())).statusCode()).isEqualTo(500);
      assertThat(get(upstream, ProxyPath.mod(hello.module())).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void cutsBodiesOfEitherFraming() {
    for (boolean chunked : new boolean[] {true, false}) {
      try (var upstream = FakeUpstream.serving(hello)) {
        upstream.fault("\\.zip$", new Fault.Cut(100, chunked));

        assertThatIOException().isThrownBy(() -> get(upstream, ProxyPath.zip(hello.module())));
      }
    }
  }

  @Test
  void refusesConnectionsWhileDownAndComesBackAtItsPort() throws Exception {
    try (var upstream = FakeUpstream.serving(hello)) {
      upstream.down();
      assertThatIOException().isThrownBy(() -> get(upstream, ProxyPath.mod(hello.module())));

      upstream.up();
      assertThat(get(upstream, ProxyPath.mod(hello.module())).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theGoCommandAcceptsASyntheticModuleAndComputesTheSameHashes(@TempDir Path dir)
      throws Exception {
    assumeTrue(goIsPresent(), "the go command is not on PATH: its opinion is not asked");
    try (var upstream = FakeUpstream.serving(hello.repacked())) {
      Files.writeString(dir.resolve("go.mod"), "module x\n\ngo 1.20\n");

      String out =
          go(dir, upstream.goproxyUrl(), "mod", "download", "-json", hello.module().toString());

      assertThat(out).contains(hello.zipHash().value()).contains(hello.goModHash().value());
    }
  }

  private static HttpResponse<byte[]> get(FakeUpstream upstream, String path)
      throws IOException, InterruptedException {
    var uri = URI.create(upstream.goproxyUrl() + "/" + path.replace("!", "%21"));
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }
  }

  private static String text(FakeUpstream upstream, String path) throws Exception {
    return new String(get(upstream, path).body(), StandardCharsets.UTF_8);
  }

  private static boolean goIsPresent() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
  }

  private static String go(Path dir, String goproxy, String... args) throws Exception {
    var command = new java.util.ArrayList<>(List.of("go"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
    builder.environment().put("GOPROXY", goproxy);
    builder.environment().put("GONOSUMDB", "*");
    builder.environment().put("GOTOOLCHAIN", "local");
    builder.environment().put("GOFLAGS", "-mod=mod -modcacherw");
    builder.environment().put("GOMODCACHE", dir.resolve("cache").toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return out;
  }
}
