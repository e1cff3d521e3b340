package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Want;
import dev.modgate.testsupport.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first upstream has some files of a version, the second all.
class SplitVersionTest extends TwoUpstreams {
  @ParameterizedTest
  @ValueSource(strings = {",", "|"})
  void findsAZipThatOnlyTheSecondHasAndSaysWhoGaveWhat(String separator) {
    first.fault("\\.zip$", Fault.status(404, "not here\n"));

    var fetched = (ModuleFetched) fetch(separator, Want.ZIP);

    assertThat(fetched.fetch().upstream()).isEqualTo(second.goproxyUrl());
    assertThat(fetched.fetch().from(Files.Kind.INFO)).isEqualTo(first.goproxyUrl());
    assertThat(fetched.fetch().from(Files.Kind.MOD)).isEqualTo(first.goproxyUrl());
    assertThat(fetched.misses())
        .containsExactly(".zip: " + first.goproxyUrl() + " answered 404 (not here)");
    assertThat(second.count()).isEqualTo(1);
  }

  @Test
  void findsAVersionOfWhichTheFirstHasTheGoModAlone() {
    first.fault("\\.(zip|info)$", Fault.status(410, "gone\n"));

    var fetched = (ModuleFetched) fetch(",", Want.ZIP);

    assertThat(fetched.fetch().upstream()).isEqualTo(second.goproxyUrl());
    assertThat(fetched.fetch().elsewhere()).containsOnlyKeys(Files.Kind.MOD);
    assertThat(second.count(ProxyPath.mod(hello.module()))).isZero();
  }

  @Test
  void findsAGoModWhoseInfoOnlyTheSecondHas() {
    first.fault("\\.info$", Fault.status(404, "not here\n"));

    var fetched = (ModuleFetched) fetch(",", Want.MOD);

    assertThat(fetched.fetch().upstream()).isEqualTo(first.goproxyUrl());
    assertThat(fetched.fetch().elsewhere())
        .containsOnly(java.util.Map.entry(Files.Kind.INFO, second.goproxyUrl()));
  }

  @Test
  void behindACommaAnErrorOfOneFileEndsTheSearchForIt() {
    first.fault("\\.zip$", Fault.status(403, "not for you\n"));

    var deferred = (ModuleDeferred) fetch(",", Want.ZIP);

    assertThat(deferred.reason()).isEqualTo(DeferReason.UPSTREAM_REFUSED);
    assertThat(second.count()).isZero();
  }

  @Test
  void behindABarAnErrorOfOneFileLeadsOnForThatFile() {
    first.fault("\\.zip$", Fault.status(500, "oops\n"));

    var fetched = (ModuleFetched) fetch("|", Want.ZIP);

    assertThat(fetched.fetch().upstream()).isEqualTo(second.goproxyUrl());
    assertThat(fetched.fetch().from(Files.Kind.MOD)).isEqualTo(first.goproxyUrl());
  }

  @Test
  void whoGaveAllIsNamedOnce() {
    var fetched = (ModuleFetched) fetch(",", Want.ZIP);

    assertThat(fetched.fetch().elsewhere()).isEmpty();
    assertThat(fetched.misses()).isEmpty();
    assertThat(fetched.untried()).hasSize(3).containsValue(List.of(second.goproxyUrl()));
  }

  private dev.modgate.pipeline.event.ModuleEvent fetch(String separator, Want want) {
    try (var fetcher = new TestFetcher(both(separator))) {
      return fetcher.fetch(hello.module(), want);
    }
  }
}
