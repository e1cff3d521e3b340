package dev.modgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.StartException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings come from system properties here, in the place of `modgate.yml`.
final class AgentProcessTest {
  private static final String NAME = "modgate.watcher.agent.name";
  private static final String OUT = "modgate.watcher.agent.folder-out";

  @TempDir Path data;

  @AfterEach
  void forget() {
    System.clearProperty(NAME);
    System.clearProperty(OUT);
  }

  @Test
  void runsInItsFolderWithTheKeyThatItShowed() throws Exception {
    System.setProperty(NAME, "inner-1");
    System.setProperty(OUT, data.resolve("out").toString());
    String key = AgentProcess.publicKey(data).toString();

    try (var _ = AgentProcess.start(data, 0);
        var http = HttpClient.newHttpClient()) {
      RunInfo run = DataFolder.running(data).orElseThrow();
      var ready =
          http.send(
              HttpRequest.newBuilder(URI.create(run.api() + "/readyz")).build(),
              BodyHandlers.ofString());
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(Files.readString(data.resolve("keys/agent.pub"))).isEqualTo(key + "\n");
      assertThat(data.resolve("watcher")).isNotEmptyDirectory();
    }
    assertThat(DataFolder.isHeld(data)).isFalse();
  }

  @Test
  void withoutANameThereIsNoKey() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> AgentProcess.publicKey(data))
        .withMessageContaining("modgate.watcher.agent.name is empty");
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void aStartThatIsRefusedLetsTheFolderGo() {
    System.setProperty(NAME, "inner-1");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> AgentProcess.start(data, 0).close())
        .withMessageContaining("want one of them");
    assertThat(DataFolder.isHeld(data)).isFalse();
  }
}
