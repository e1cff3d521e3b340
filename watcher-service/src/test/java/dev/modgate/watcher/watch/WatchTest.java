package dev.modgate.watcher.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.semver.Version;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchTest {
  private static Watch watch(String pattern, boolean preReleases) {
    return Watch.of("test", pattern, preReleases, Optional.empty(), Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({
    "a.b/c@latest, false, v1.1.0",
    "a.b/c@latest, true, v2.0.0-rc.1",
    "a.b/c@v1.*, false, v1.0.0 v1.1.0",
    "a.b/c@v1.*, true, v1.0.0 v1.1.0-beta v1.1.0",
    "a.b/c@v2.*, false, ''",
  })
  void countsTheVersionsThatItIsAbout(String pattern, boolean preReleases, String expected) {
    var listed =
        Arrays.stream("v1.0.0 v1.1.0 v1.1.0-beta v2.0.0-rc.1".split(" "))
            .map(Version::parse)
            .toList();

    assertThat(watch(pattern, preReleases).among(listed))
        .extracting(Version::toString)
        .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "golang.org/x/*@latest, golang.org/x/text, true",
    "golang.org/x/*@latest, golang.org/x/tools/gopls, false",
    "golang.org/x/**@latest, golang.org/x/tools/gopls, true",
    "a.b/c@latest, a.b/c, true",
    "a.b/c@latest, a.b/cc, false",
  })
  void coversModulesByTheirPath(String pattern, String module, boolean covers) {
    assertThat(watch(pattern, false).covers(new ModulePath(module))).isEqualTo(covers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b/c", "@latest", "a.b/c@", "a.b/c@newest", "../c@latest"})
  void refusesWhatNamesNothing(String pattern) {
    assertThatIllegalArgumentException().isThrownBy(() -> watch(pattern, false));
  }
}
