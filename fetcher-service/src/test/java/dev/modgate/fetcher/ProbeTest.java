package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.upstream.UpstreamStatus;
import dev.modgate.pipeline.event.Want;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Upstreams are asked for the latest version of what they gave lately.
class ProbeTest {
  private final SyntheticModule old = SyntheticModule.of("example.com/hello@v1.0.0");
  private final SyntheticModule young = SyntheticModule.of("example.com/hello@v1.1.0");
  private final FakeUpstream first = FakeUpstream.serving(old);
  private final FakeUpstream second = FakeUpstream.serving(young);

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void oneThatLagsBehindTheOthersIsNamed() throws Exception {
    try (var fetcher = new TestFetcher(first.goproxyUrl() + "," + second.goproxyUrl())) {
      fetcher.fetch(old.module(), Want.MOD);
      fetcher.fetch(young.module(), Want.MOD);

      fetcher.chain.probe();

      List<UpstreamStatus.Probe> probes = probes(fetcher);
      assertThat(probes).allMatch(UpstreamStatus.Probe::answered).allMatch(p -> p.compared() == 1);
      assertThat(probes.getFirst().behind()).isEqualTo(1);
      assertThat(probes.getFirst().sentence())
          .isEqualTo("example.com/hello: its latest is v1.0.0, another has v1.1.0");
      assertThat(probes.getLast().behind()).isZero();
    }
  }

  @Test
  void nobodyHearsOfAModuleThatItDidNotGive() throws Exception {
    try (var fetcher = new TestFetcher(first.goproxyUrl() + "," + second.goproxyUrl())) {
      fetcher.fetch(old.module(), Want.MOD);

      fetcher.chain.probe();

      assertThat(second.requests())
          .extracting(FakeUpstream.Seen::path)
          .containsExactly("golang.org/x/mod/@latest");
      assertThat(probes(fetcher)).allMatch(p -> p.compared() == 0);
    }
  }

  @Test
  void oneThatDoesNotAnswerSaysWhyAndItsAvailabilityFalls() throws Exception {
    second.fault(".", Fault.status(503, "maintenance\n"));
    try (var fetcher = new TestFetcher(first.goproxyUrl() + "," + second.goproxyUrl())) {
      fetcher.chain.probe();

      assertThat(probes(fetcher).getFirst().answered()).isTrue();
      assertThat(probes(fetcher).getLast().answered()).isFalse();
      assertThat(probes(fetcher).getLast().sentence()).contains("answered 503 (maintenance)");
      assertThat(fetcher.chain.status().getLast().measures().availability()).hasValue(0);
      assertThat(fetcher.chain.status().getLast().breaker()).isEqualTo("closed");
    }
  }

  @Test
  void whatIsFetchedIsMeasured() {
    try (var fetcher = new TestFetcher(first.goproxyUrl())) {
      fetcher.fetch(old.module(), Want.ZIP);

      UpstreamStatus status = fetcher.chain.status().getFirst();
      assertThat(status.measures().availability()).hasValue(1);
      assertThat(status.measures().median()).isPresent();
      assertThat(status.counts().files()).isEqualTo(3);
      assertThat(status.probe()).isNull();
    }
  }

  private static List<UpstreamStatus.Probe> probes(TestFetcher fetcher) {
    return fetcher.chain.status().stream()
        .map(status -> Objects.requireNonNull(status.probe()))
        .toList();
  }
}
