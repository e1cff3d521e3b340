package dev.modgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

class GatewayApplicationTest {
  private @TempDir Path folder;

  @Test
  void startsWithItsDefaultsAndStops() {
    try (var context = start()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(context.getEnvironment().getProperty("spring.main.web-application-type"))
          .isEqualTo("none");
    }
  }

  @Test
  void refusesToStartAndNamesEveryProblem() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(
            () -> start("--modgate.gateway.threads=0", "--modgate.gateway.max-item=3").close())
        .satisfies(e ->
            assertThat(e.problems())
                .containsExactly(
                    "modgate.gateway.threads is 0, want 4 to 1000",
                    "modgate.gateway.max-item is no setting"));
  }

  private ConfigurableApplicationContext start(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--modgate.gateway.port=0", "--modgate.zone-store.path=" + folder.resolve("zone")));
    arguments.addAll(List.of(more));
    return GatewayApplication.builder().run(arguments.toArray(String[]::new));
  }
}
