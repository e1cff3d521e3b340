package dev.modgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.standalone.DataCheckup.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckupTest {
  private @TempDir Path folder;

  @Test
  void anEmptyFolderIsWellAndStaysEmpty() throws IOException {
    assertThat(look(folder)).allMatch(Line::isOk);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThat(look(folder.resolve("none")))
        .filteredOn(line -> !line.isOk())
        .singleElement()
        .satisfies(line -> assertThat(line.sentence()).contains("there is no folder \""));
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void keysThatOthersMayReadAreAProblem() throws IOException {
    DataKeys.of(folder).ready();
    Path secret = folder.resolve("keys/verifier");
    assertThat(line("keys").sentence()).isEqualTo("are whole, and their owner's alone");

    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(line("keys").isOk()).isFalse();
    assertThat(line("keys").sentence()).contains("chmod 600");
  }

  @Test
  void lostKeysAndALostMemoryAreProblems() throws IOException {
    Files.createDirectories(folder.resolve("inner/_modgate/evidence"));

    assertThat(line("keys").sentence()).contains("is lost: restore it from a backup");
    assertThat(line("memory of checksum databases").sentence())
        .contains("restore it from a backup");
    assertThat(folder.resolve("keys/verifier")).doesNotExist();
  }

  @Test
  void anInterruptedRestoreIsAProblem() throws IOException {
    Files.writeString(folder.resolve(DataFolder.RESTORING), "");

    assertThat(line("data folder").remedy()).startsWith("do it again with: modgate restore");
  }

  @Test
  void settingsThatWouldStopAStartAreNamed() {
    System.setProperty("modgate.gateway.threads", "0");
    try {
      assertThat(look(folder))
          .filteredOn(line -> line.name().equals("settings"))
          .extracting(Line::sentence)
          .containsExactly("modgate.gateway.threads is 0, want 4 to 1000");
    } finally {
      System.clearProperty("modgate.gateway.threads");
    }
  }

  private Line line(String name) {
    return look(folder).stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Line> look(Path data) {
    var settings =
        new StandaloneSettings(
            data, 0, 0, 0, "https://proxy.invalid", "https://proxy.invalid", null, null);
    return new DataCheckup(settings, false).look();
  }
}
