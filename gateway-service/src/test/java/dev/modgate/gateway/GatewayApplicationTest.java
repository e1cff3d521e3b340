package dev.modgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modgate.gateway.address=0.0.0.0 | set modgate.gateway.allow-remote=true",
        "modgate.gateway.threads=1 | modgate.gateway.threads is 1, want 4 to 1000",
        "modgate.gateway.max-item=3 | max-item",
      })
  void impossibleSettingsStopTheStart(String setting, String sentence) {
    assertThatThrownBy(() -> start("--" + setting).close())
        .rootCause()
        .hasMessageContaining(sentence);
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
