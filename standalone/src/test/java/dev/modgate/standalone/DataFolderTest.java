package dev.modgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir Path root;

  @Test
  void isHeldByOneAtATime() throws Exception {
    try (DataFolder _ = DataFolder.take(root)) {
      assertThatThrownBy(() -> DataFolder.take(root))
          .isInstanceOf(StartException.class)
          .hasMessageContaining(root + "\" is held by another Modgate");
    }

    DataFolder.take(root).close();
  }

  @Test
  void tellsWhoRuns() throws Exception {
    var info = new RunInfo(42, "http://127.0.0.1:1", "http://127.0.0.1:2", "k:3", "u", true);
    try (DataFolder folder = DataFolder.take(root)) {
      assertThat(DataFolder.running(root)).as("before it is ready").isEmpty();
      folder.announce(info);

      assertThat(DataFolder.running(root)).contains(info);
    }

    assertThat(DataFolder.running(root)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftBehindIsNotBelieved() throws Exception {
    Files.writeString(root.resolve("run.json"), "{\"pid\":42,\"api\":\"http://127.0.0.1:1\"}");

    assertThat(DataFolder.running(root)).isEmpty();
  }

  @Test
  void whatIsNoFolderIsNamed() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.take(file))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("data folder \"" + file + "\" can't be used");
  }
}
