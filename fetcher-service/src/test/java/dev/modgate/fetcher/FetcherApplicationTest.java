package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.start.StartException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FetcherApplicationTest {
  @TempDir private Path data;

  @Test
  void startsWithoutABrokerAndSaysWhatItLeavesOut(CapturedOutput output) {
    try (var context =
        FetcherApplication.builder()
            .run(
                "--modgate.blob-store.path=" + data,
                "--modgate.kafka.bootstrap-servers=127.0.0.1:1",
                "--modgate.fetcher.upstreams=http://ann:s3cret@127.0.0.1:2,direct")) {
      @SuppressWarnings("unchecked") // the only bean of its class
      Stage<ModuleRequested> stage = context.getBean(Stage.class);

      assertThat(stage.status().dependencies())
          .extracting(DependencyStatus::name)
          .containsExactly("http://127.0.0.1:2", "direct", "blob store");
    }
    assertThat(output)
        .contains("fetching from http://127.0.0.1:2", "\"direct\" is left out")
        .doesNotContain("s3cret");
  }

  @Test
  void refusesToStartAndNamesEveryProblem() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() ->
            FetcherApplication.builder()
                .run("--modgate.fetcher.max-items=0", "--modgate.fetcher.upstream=off"))
        .satisfies(e ->
            assertThat(e.problems())
                .containsExactly(
                    "modgate.fetcher.max-items is 0, want 1 to 1000",
                    "modgate.fetcher.upstream is no setting"));
  }
}
