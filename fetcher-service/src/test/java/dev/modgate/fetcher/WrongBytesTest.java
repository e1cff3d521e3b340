package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The verifier has refused the zip of the first of three upstreams.
class WrongBytesTest {
  private final SyntheticModule hello = SyntheticModule.of("example.com/hello@v1.0.0");
  private final FakeUpstream first = FakeUpstream.serving(hello);
  private final FakeUpstream second = FakeUpstream.serving(hello);
  private final FakeUpstream third = FakeUpstream.serving(hello);

  @AfterEach
  void stop() {
    first.close();
    second.close();
    third.close();
  }

  @Test
  void asksTheOthersFirstAndOnlyForWhatWasWrong() {
    var fetched = (ModuleFetched) fetch(",");

    assertThat(fetched.fetch().upstream()).isEqualTo(second.goproxyUrl());
    assertThat(fetched.fetch().from(Files.Kind.MOD)).isEqualTo(first.goproxyUrl());
    assertThat(fetched.untried()).containsEntry(Files.Kind.ZIP, List.of(third.goproxyUrl()));
    assertThat(fetched.refusals()).hasSize(1);
    assertThat(first.count(ProxyPath.zip(hello.module()))).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 418})
  void anyAnswerOfAnOtherLeadsOnWhateverTheSeparator(int status) {
    second.fault(".", Fault.status(status, "no\n"));

    var fetched = (ModuleFetched) fetch(",");

    assertThat(fetched.fetch().upstream()).isEqualTo(third.goproxyUrl());
    assertThat(fetched.misses())
        .containsExactly(".zip: " + second.goproxyUrl() + " answered " + status + " (no)");
  }

  @Test
  void fetchesTheFirstAgainWhereNoOtherHasItAndNobodyIsLeft() {
    second.fault("\\.zip$", Fault.status(404, "no\n"));
    third.fault("\\.zip$", Fault.html());

    var fetched = (ModuleFetched) fetch(",");

    assertThat(fetched.fetch().upstream()).isEqualTo(first.goproxyUrl());
    assertThat(fetched.untried()).doesNotContainKey(Files.Kind.ZIP);
    assertThat(fetched.misses()).hasSize(2);
    assertThat(fetched.misses().getLast()).contains(third.goproxyUrl(), "an HTML page");
  }

  @Test
  void waitsForAnOtherThatDoesNotAnswer() {
    second.fault("\\.zip$", Fault.status(500, "oops\n"));
    third.fault("\\.zip$", Fault.status(404, "no\n"));

    var deferred = (ModuleDeferred) fetch(",");

    assertThat(deferred.reason()).isEqualTo(DeferReason.UPSTREAM_FAILED);
    assertThat(deferred.sentence())
        .contains(second.goproxyUrl() + " answered 500", third.goproxyUrl() + " answered 404")
        .endsWith(
            "; refused: zip hash is h1:x but go.sum:1 claims h1:y (from "
                + first.goproxyUrl()
                + ")");
    assertThat(first.count(ProxyPath.zip(hello.module()))).isZero();
  }

  @Test
  void wrongBytesThatNobodyHasAnyLongerAreRefusedNotAbsent() {
    for (FakeUpstream each : List.of(first, second, third)) {
      each.fault("\\.zip$", Fault.status(404, "no\n"));
    }

    var rejected = (ModuleRejected) fetch(",");

    assertThat(rejected.reason()).isEqualTo(RejectReason.CLAIM_MISMATCH);
    assertThat(rejected.sentence())
        .startsWith(
            "example.com/hello@v1.0.0: zip hash is h1:x but go.sum:1 claims h1:y (from "
                + first.goproxyUrl()
                + "); also tried: ")
        .contains(second.goproxyUrl() + " answered 404", first.goproxyUrl() + " answered 404");
  }

  @Test
  void pausesOnlyWhereTheRefusedOneIsDownToo() throws Exception {
    second.down();
    third.down();
    try (var fetcher =
        new TestFetcher(
            chain("|"), new MemoryObjectStore(), TestFetcher.HTTP, TestFetcher.resilience(1))) {
      assertThat(((ModuleDeferred) fetcher.fetch(request())).reason())
          .isEqualTo(DeferReason.UPSTREAM_FAILED);

      first.down();
      assertThatExceptionOfType(DependencyDownException.class)
          .isThrownBy(() -> fetcher.work.process(TestFetcher.request(hello.module(), Want.ZIP)))
          .withMessageContaining("no upstream works");
      assertThatExceptionOfType(DependencyDownException.class)
          .isThrownBy(() -> fetcher.work.process(request()));
    }
  }

  @Test
  void aTooLargeFileLeadsOnToTheOthersBehindAComma() {
    first.fault("\\.mod$", new Fault.Endless(1L << 40));
    second.fault("\\.mod$", Fault.status(403, "no\n"));
    try (var fetcher = new TestFetcher(chain(","))) {
      var fetched = (ModuleFetched) fetcher.fetch(hello.module(), Want.ZIP);
      assertThat(fetched.fetch().from(Files.Kind.MOD)).isEqualTo(third.goproxyUrl());

      third.fault("\\.mod$", Fault.status(404, "no\n"));
      var rejected = (ModuleRejected) fetcher.fetch(hello.module(), Want.ZIP);
      assertThat(rejected.reason()).isEqualTo(RejectReason.TOO_LARGE);
      assertThat(rejected.sentence())
          .contains("announces 1099511627776 bytes", second.goproxyUrl(), third.goproxyUrl());
    }
  }

  private ModuleEvent fetch(String separator) {
    try (var fetcher = new TestFetcher(chain(separator))) {
      return fetcher.fetch(request());
    }
  }

  private String chain(String separator) {
    return String.join(separator, first.goproxyUrl(), second.goproxyUrl(), third.goproxyUrl());
  }

  private ModuleRequested request() {
    return new ModuleRequested(
        new RequestId("r1", 2),
        hello.module(),
        Want.ZIP,
        List.of(),
        0,
        List.of(
            new Refusal(
                first.goproxyUrl(),
                Set.of(Files.Kind.ZIP),
                RejectReason.CLAIM_MISMATCH,
                "zip hash is h1:x but go.sum:1 claims h1:y")));
  }
}
