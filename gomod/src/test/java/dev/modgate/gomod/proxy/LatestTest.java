package dev.modgate.gomod.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.semver.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatestTest {
  @ParameterizedTest
  @CsvSource({
    "v1.0.0 v1.10.0 v1.9.0, v1.10.0",
    "v1.0.0 v2.0.0-rc.1, v1.0.0",
    "v1.0.0-rc.2 v1.0.0-rc.10 v0.0.0-20240101000000-abcdefabcdef, v1.0.0-rc.10",
    "v0.0.0-20240101000000-abcdefabcdef v0.0.0-20230101000000-bbbbbbbbbbbb,"
        + " v0.0.0-20240101000000-abcdefabcdef",
    // by time, not by version
    "v1.0.1-0.20200101000000-abcdefabcdef v0.0.0-20240101000000-bbbbbbbbbbbb,"
        + " v0.0.0-20240101000000-bbbbbbbbbbbb",
    "v1.0.0 v2.0.0+incompatible, v2.0.0+incompatible",
  })
  void prefersReleasesThenPreReleasesThenTheNewestPseudoVersion(String versions, String latest) {
    assertThat(Latest.of(Arrays.stream(versions.split(" ", -1)).map(Version::parse).toList()))
        .contains(Version.parse(latest));
  }

  @Test
  void isEmptyWithoutVersions() {
    assertThat(Latest.of(List.of())).isEmpty();
  }

  @Test
  void aListIsReadAsTheGoCommandReadsIt() {
    var lines =
        List.of(
            "v1.10.0\r",
            "",
            " v1.9.0 2024-01-01T00:00:00Z",
            "master",
            "v1",
            "v1.2.3/../x",
            "v0.0.0-20240101000000-abcdefabcdef",
            "v1.9.0");
    String text = String.join("\n", lines);

    var versions = VersionListFile.parse(text.getBytes(StandardCharsets.UTF_8));

    assertThat(versions).extracting(Version::toString).containsExactly("v1.9.0", "v1.10.0");
    assertThat(new String(VersionListFile.format(versions), StandardCharsets.UTF_8))
        .isEqualTo("v1.9.0\nv1.10.0\n");
    assertThat(VersionListFile.format(List.of())).isEmpty();
  }
}
