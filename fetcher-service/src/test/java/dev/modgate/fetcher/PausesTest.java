package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.testsupport.SyntheticModule;
import org.junit.jupiter.api.Test;

class PausesTest {
  private final Pauses pauses = new Pauses(10);

  @Test
  void countsForEachVersionUntilItIsForgotten() {
    assertThat(pauses.another(module(1))).isEqualTo(1);
    assertThat(pauses.another(module(1))).isEqualTo(2);
    assertThat(pauses.another(module(2))).isEqualTo(1);

    pauses.forget(module(1));

    assertThat(pauses.another(module(1))).isEqualTo(1);
  }

  @Test
  void versionsThatNeverComeBackDoNotPileUp() {
    pauses.another(module(0));
    for (int i = 1; i < 1000; i++) {
      pauses.another(module(i));
      assertThat(pauses.another(module(0))).isEqualTo(i + 1);
    }

    assertThat(pauses.size()).isEqualTo(10);
  }

  private static ModuleVersion module(int i) {
    return SyntheticModule.of("example.com/m" + i + "@v1.0.0").module();
  }
}
