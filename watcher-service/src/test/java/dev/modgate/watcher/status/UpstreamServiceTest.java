package dev.modgate.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.stage.UpstreamReport;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamServiceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void showsWhatEachFetcherSaysInTheOrderOfItsList() {
    UpstreamView view =
        view(
            status(StageName.FETCH, "b", NOW, upstream("https://z"), upstream("https://y")),
            status(StageName.FETCH, "a", NOW, upstream("https://x")),
            status(StageName.VERIFY, "c", NOW, upstream("https://sum")));

    assertThat(view.upstreams())
        .extracting(UpstreamView.Upstream::name)
        .containsExactly("https://x", "https://z", "https://y");
    assertThat(view.upstreams().getFirst().health()).isEqualTo("down");
    assertThat(view.upstreams().getFirst().numbers())
        .satisfies(numbers -> assertThat(numbers.p95Millis()).isEqualTo(200));
  }

  @Test
  void aFetcherThatIsSilentIsGone() {
    assertThat(
            view(status(StageName.FETCH, "a", NOW.minusSeconds(60), upstream("https://x")))
                .upstreams())
        .isEmpty();
  }

  @Test
  void whatIsNotAskedHasNoNumbers() {
    var direct =
        new DependencyStatus("direct", DependencyStatus.Health.DEGRADED, "is left out", NOW);

    var store =
        new DependencyStatus("blob store", DependencyStatus.Health.UP, "can be written", NOW);

    assertThat(view(status(StageName.FETCH, "a", NOW, direct, store)).upstreams())
        .singleElement()
        .satisfies(one -> assertThat(one.numbers()).isNull());
  }

  private static UpstreamView view(StageStatus... statuses) {
    return new UpstreamService(() -> List.of(statuses), Clock.fixed(NOW, ZoneOffset.UTC)).now();
  }

  private static DependencyStatus upstream(String name) {
    return new DependencyStatus(
        name,
        DependencyStatus.Health.DOWN,
        "breaker open",
        NOW,
        new UpstreamReport("open", 0.5, 100L, 200L, null, 1, 2, 3, "no connection", NOW, null));
  }

  private static StageStatus status(
      StageName stage, String instance, Instant at, DependencyStatus... upstreams) {
    return new StageStatus(
        stage,
        "fetcher",
        instance,
        at,
        StageStatus.State.RUNNING,
        at,
        List.of(),
        1,
        0,
        0,
        0,
        0,
        0,
        null,
        List.of(upstreams));
  }
}
