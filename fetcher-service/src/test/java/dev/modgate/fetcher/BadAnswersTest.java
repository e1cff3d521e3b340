package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.upstream.UpstreamStatus;
import dev.modgate.pipeline.event.Want;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What answers say of the upstream itself, where three module versions get nothing else.
class BadAnswersTest {
  private final List<SyntheticModule> modules =
      IntStream.range(0, 3)
          .mapToObj(i -> SyntheticModule.of("example.com/m" + i + "@v1.0.0"))
          .toList();
  private final FakeUpstream upstream =
      FakeUpstream.start().add(modules.toArray(SyntheticModule[]::new));

  @AfterEach
  void stop() {
    upstream.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        // what it answers, its breaker afterwards, whether that counts as failures
        Arguments.of(Fault.status(404, "no\n"), "closed", false),
        Arguments.of(Fault.status(410, "no\n"), "closed", false),
        Arguments.of(Fault.status(404, "not found: fetch timed out\n"), "closed", true),
        Arguments.of(Fault.status(401, "who are you\n"), "closed", false),
        Arguments.of(Fault.status(403, "not for you\n"), "closed", false),
        Arguments.of(new Fault.Endless(1L << 40), "closed", false),
        Arguments.of(new Fault.Cut(4, true), "closed", true),
        Arguments.of(
            new Fault.Raw("HTTP/1.1 404 No\r\nContent-Length: 99\r\n\r\nno"), "closed", true),
        Arguments.of(Fault.html(), "open", true),
        Arguments.of(Fault.status(400, "what\n"), "open", true),
        Arguments.of(Fault.redirect("http://login.example/"), "open", true),
        Arguments.of(Fault.status(500, "oops\n"), "open", true),
        Arguments.of(Fault.status(429, "slowly\n"), "open", true),
        Arguments.of(new Fault.HangUp(), "open", true),
        Arguments.of(new Fault.Raw("HTTP/1.1 abc OK\r\n\r\n"), "open", true),
        Arguments.of(new Fault.Raw("HTTP/1.1 200 OK\r\nBad Name: 1\r\n\r\n"), "open", true));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void onlyWhatAnUpstreamItselfAnswersKeepsItsBreakerClosed(
      Fault fault, String breaker, boolean failures) throws Exception {
    upstream.fault(".", fault);
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      for (SyntheticModule one : modules) {
        fetcher.chain.fetch(one.module(), Want.MOD, List.of());
      }

      UpstreamStatus status = fetcher.chain.status().getFirst();
      assertThat(status.breaker()).isEqualTo(breaker);
      assertThat(status.counts().failures() > 0).isEqualTo(failures);
      assertThat(status.measures().availability()).hasValue(failures ? 0 : 1);
    }
  }

  @Test
  void aLoginPageIsNoLatestVersion() throws Exception {
    try (var fetcher = new TestFetcher(upstream.goproxyUrl())) {
      fetcher.fetch(modules.getFirst().module(), Want.MOD);
      upstream.fault("latest$", Fault.html());

      fetcher.chain.probe();

      assertThat(fetcher.chain.status().getFirst().probe())
          .satisfies(
              probe -> assertThat(probe.answered()).isFalse(),
              probe -> assertThat(probe.sentence()).contains("answered with no .info"));
    }
  }
}
