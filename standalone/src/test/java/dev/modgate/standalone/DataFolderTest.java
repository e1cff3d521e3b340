package dev.modgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    var info =
        new RunInfo(
            42, "http://127.0.0.1:1", "http://127.0.0.1:2", "k:3", "u", true, "sum.golang.org", "");
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

  @ParameterizedTest
  @ValueSource(strings = {"a;MODE=Oracle", "a${user.home}"})
  void aNameThatTheDatabaseWouldReadAsASettingIsRefused(String name) {
    Path folder = root.resolve(name);

    assertThatThrownBy(() -> DataFolder.take(folder))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("\"" + folder + "\" has \";\" or");
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatIsNoFolderIsNamed() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.take(file))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("data folder \"" + file + "\" can't be used");
  }

  @Test
  void aLookOfAnotherProcessDoesNotKeepItFromBeingTaken() throws Exception {
    try (FileChannel look =
        FileChannel.open(
            root.resolve("modgate.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = look.lock();
      var taken = CompletableFuture.supplyAsync(this::takeAndRelease);
      Thread.sleep(50);
      assertThat(taken).isNotDone();
      lock.release();

      assertThat(taken.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void isHeldFromTheFirstMoment() throws Exception {
    assertThat(DataFolder.isHeld(root)).isFalse();
    try (DataFolder _ = DataFolder.take(root)) {
      assertThat(DataFolder.isHeld(root)).isTrue();
    }

    assertThat(DataFolder.isHeld(root)).isFalse();
  }

  private boolean takeAndRelease() {
    try (DataFolder folder = DataFolder.take(root)) {
      return folder != null;
    } catch (IOException | StartException e) {
      throw new IllegalStateException(e);
    }
  }
}
