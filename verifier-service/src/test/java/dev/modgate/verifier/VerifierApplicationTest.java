package dev.modgate.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.StartException;
import dev.modgate.start.key.SigningKeyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class VerifierApplicationTest {
  private @TempDir Path folder;

  @Test
  void startsWithItsDefaultsAndStops() {
    Path key = folder.resolve("key");
    new SigningKeyFile(key).create("verifier");
    try (var context =
        start("--modgate.verifier.sumdb-init=true", "--modgate.verifier.signing-key=" + key)) {
      assertThat(context.isRunning()).isTrue();
      assertThat(context.getEnvironment().getProperty("spring.main.web-application-type"))
          .isEqualTo("none");
    }
  }

  @Test
  void refusesToStartAndNamesEveryProblem() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(
            () -> start("--modgate.verifier.max-items=0", "--modgate.verifier.max-item=3").close())
        .satisfies(e ->
            assertThat(e.problems())
                .containsExactly(
                    "modgate.verifier.max-items is 0, want 1 to 1000",
                    "modgate.verifier.max-item is no setting"));
  }

  @Test
  void refusesToStartWithoutAKeyToSignWith() {
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> start("--modgate.verifier.sumdb-init=true").close())
        .satisfies(e ->
            assertThat(StartException.among(e).orElseThrow().problems())
                .containsExactly(
                    "modgate.verifier.signing-key names no file, and nothing is published that is"
                        + " not signed; make one with: modgate verifier-key FILE"));
  }

  private ConfigurableApplicationContext start(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--modgate.kafka.bootstrap-servers=127.0.0.1:1",
                "--modgate.blob-store.path=" + folder.resolve("blob")));
    arguments.addAll(List.of(more));
    return VerifierApplication.builder().run(arguments.toArray(String[]::new));
  }
}
