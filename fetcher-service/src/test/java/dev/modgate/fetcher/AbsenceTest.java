package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.testsupport.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What an upstream has not is remembered for a while.
class AbsenceTest extends TwoUpstreams {
  @Test
  void nobodyIsAskedTwice() {
    first.fault("\\.info$", Fault.status(404, "not found\n"));
    try (var fetcher = fetcher(first.goproxyUrl(), Duration.ofHours(1))) {
      fetcher.fetch(hello.module(), Want.MOD);
      first.heal();

      var deferred = (ModuleDeferred) fetcher.fetch(hello.module(), Want.MOD);

      assertThat(deferred.reason()).isEqualTo(DeferReason.NOT_FOUND);
      assertThat(deferred.sentence()).contains("answered 404 (not found), ").endsWith(" s ago");
      assertThat(first.count(ProxyPath.info(hello.module()))).isEqualTo(1);
      assertThat(fetcher.chain.status().getFirst().counts().absent()).isEqualTo(1);
    }
  }

  @Test
  void theNextUpstreamIsAskedForWhatTheFirstIsKnownNotToHave() {
    first.fault(".", Fault.status(404, "not found\n"));
    try (var fetcher = fetcher(both(","), Duration.ofHours(1))) {
      assertThat(fetcher.fetch(hello.module(), Want.MOD)).isInstanceOf(ModuleFetched.class);
      assertThat(fetcher.fetch(hello.module(), Want.MOD)).isInstanceOf(ModuleFetched.class);

      assertThat(first.count()).isEqualTo(2);
      assertThat(second.count()).isEqualTo(4);
    }
  }

  @Test
  void anErrorIsNotRemembered() {
    first.fault("\\.info$", 3, Fault.status(404, "not found: fetch timed out\n"));
    try (var fetcher = fetcher(first.goproxyUrl(), Duration.ofHours(1))) {
      assertThat(fetcher.fetch(hello.module(), Want.MOD)).isInstanceOf(ModuleDeferred.class);
      assertThat(fetcher.fetch(hello.module(), Want.MOD)).isInstanceOf(ModuleFetched.class);
    }
  }

  private static TestFetcher fetcher(String goproxy, Duration remember) {
    ResiliencePolicy usual = TestFetcher.RESILIENCE;
    return new TestFetcher(
        goproxy,
        new MemoryObjectStore(),
        TestFetcher.HTTP,
        new ResiliencePolicy(usual.trying(), usual.load(), usual.opening(), remember));
  }
}
