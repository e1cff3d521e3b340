package dev.modgate.gomod.semver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class VersionTest {
  /// The example of semver.org section 11, and Go's additions to it.
  private static final List<String> ASCENDING =
      List.of(
          "v0.0.0-20170915032832-14c0d48ead0c",
          "v0.0.0",
          "v0.0.1-go1.25.4.linux-amd64",
          "v1.0.0-1",
          "v1.0.0-2",
          "v1.0.0-10",
          "v1.0.0-alpha",
          "v1.0.0-alpha.1",
          "v1.0.0-alpha.beta",
          "v1.0.0-beta",
          "v1.0.0-beta.2",
          "v1.0.0-beta.11",
          "v1.0.0-rc.1",
          "v1.0.0",
          "v1.0.1-0.20200101000000-abcdefabcdef",
          "v1.0.1",
          "v1.2.0",
          "v1.10.0",
          "v2.0.0+incompatible",
          "v10.0.0+incompatible",
          "v99999999999999999999.0.0+incompatible");

  @Test
  void isOrderedAsGoOrders() {
    var shuffled = new ArrayList<>(ASCENDING.stream().map(Version::parse).toList());
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);

    assertThat(shuffled).extracting(Version::toString).containsExactlyElementsOf(ASCENDING);
  }

  @Test
  void tellsPseudoVersions() {
    assertThat(ASCENDING.stream().map(Version::parse).filter(Version::isPseudo))
        .extracting(Version::toString)
        .containsExactly(
            "v0.0.0-20170915032832-14c0d48ead0c", "v1.0.1-0.20200101000000-abcdefabcdef");
    assertThat(Version.parse("v2.0.1-0.20200101000000-abcdefabcdef+incompatible").isPseudo())
        .isTrue();
    assertThat(Version.parse("v1.0.0-rc.1.0.20200101000000-abcdefabcdef").isPseudo()).isTrue();
  }
}
