package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackgroundTest {
  @TempDir Path folder;

  @Test
  void theLastWordsAreOfThisRun() throws Exception {
    Path log = Files.writeString(folder.resolve("log"), "modgate: port 1 is in use\n");
    long before = Files.size(log);

    Files.writeString(log, "Killed\n", StandardOpenOption.APPEND);

    assertThat(Background.lastWords(log, before))
        .endsWith("Killed")
        .doesNotContain("port 1 is in use");
  }

  @Test
  void theLastWordsAreWhatModgateSaidWhereItSaidSomething() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("log"),
            "x".repeat(10_000) + "\nmodgate: 2 problems:\n  port 1\n  port 2\n");

    assertThat(Background.lastWords(log, 0)).isEqualTo("2 problems:\n  port 1\n  port 2");
    assertThat(Background.lastWords(log, 1 << 30)).as("a log that was cut").contains("not start");
  }
}
