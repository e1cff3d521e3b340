package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamReportTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void theLongestListOfUpstreamsFitsARecord() throws Exception {
    var report =
        new UpstreamReport(
            "half-open",
            0.5,
            1L,
            2L,
            3L,
            4,
            5,
            6,
            "\u001b".repeat(5000),
            NOW,
            new UpstreamReport.Probe(NOW, false, 7, 8, 9, "\u4e00".repeat(5000)));
    var upstream =
        new DependencyStatus(
            "https://" + "a".repeat(200),
            DependencyStatus.Health.UP,
            "s".repeat(1000),
            NOW,
            report);

    byte[] json = status(Collections.nCopies(32, upstream)).write();

    assertThat(json).hasSizeLessThan(EventJson.MAX_BYTES);
    assertThat(StageStatus.read(json).dependencies().getFirst()).isEqualTo(upstream);
    assertThat(report.lastError()).hasSize(UpstreamReport.MOST_TEXT).endsWith("…");
  }

  @Test
  void whatOlderFetchersSayIsRead() throws Exception {
    var plain = new DependencyStatus("https://a", DependencyStatus.Health.UP, "", NOW);
    String json =
        new String(status(List.of(plain)).write(), StandardCharsets.UTF_8)
            .replace(",\"upstream\":null", "");
    assertThat(json).doesNotContain("\"upstream\"");

    assertThat(StageStatus.read(json.getBytes(StandardCharsets.UTF_8)).dependencies())
        .containsExactly(plain);
  }

  private static StageStatus status(List<DependencyStatus> dependencies) {
    return new StageStatus(
        StageName.FETCH,
        "fetcher",
        "i",
        NOW,
        StageStatus.State.RUNNING,
        NOW,
        List.of(),
        1,
        0,
        0,
        0,
        0,
        0,
        null,
        dependencies);
  }
}
