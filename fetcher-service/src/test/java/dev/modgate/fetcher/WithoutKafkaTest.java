package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class WithoutKafkaTest {
  /// Too long for a name: no resolver is asked.
  private static final String NOBODY = "k".repeat(64) + ":9092";

  @TempDir private Path data;

  @Test
  void waitsForABrokerWhoseNameDoesNotResolveYet(CapturedOutput output) throws Exception {
    try (var context =
        FetcherApplication.builder()
            .run(
                "--modgate.blob-store.path=" + data,
                "--modgate.kafka.bootstrap-servers=" + NOBODY,
                "--modgate.fetcher.upstreams=http://127.0.0.1:2")) {
      Instant end = Instant.now().plusSeconds(60);
      while (!output.toString().contains("No resolvable bootstrap urls")) {
        assertThat(Instant.now()).as("waited too long").isBefore(end);
        Thread.sleep(20);
      }
      assertThat(context.isRunning()).isTrue();
    }
    assertThat(output).contains(NOBODY, "trying again").doesNotContain("Exception in thread");
  }
}
