package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wrong bytes are tried once from each other upstream before a module is rejected.
final class TwoUpstreamsTest {
  private static final SyntheticModule LEFT = SyntheticModule.of("example.com/left@v1.2.3");
  private static final SyntheticModule SPLIT = SyntheticModule.of("example.com/split@v1.0.0");
  private static final SyntheticModule WRONG = LEFT.withFile("extra.go", "package left\n");
  private static final SyntheticModule WORSE = LEFT.withFile("worse.go", "package left\n");

  @TempDir Path folder;

  @Test
  void aFlippedByteOfTheFirstIsMendedByTheSecond() throws Exception {
    try (FakeUpstream first = FakeUpstream.serving(LEFT);
        FakeUpstream second = FakeUpstream.serving(LEFT);
        Site site = Site.of(folder, first.goproxyUrl() + "," + second.goproxyUrl())) {
      first.fault("left/@v/v1.2.3.zip", new Fault.FlipByte(75));
      project(site, LEFT.goSum());

      var result = site.sync("project");

      assertThat(result.output()).contains("all 1 module version inside");
      assertThat(result.exitCode()).isZero();
      assertThat(inside(site, LEFT)).isEqualTo(LEFT.zip());
      assertThat(first.count(ProxyPath.zip(LEFT.module()))).isEqualTo(1);
      assertThat(site.modgate("show", LEFT.module().toString()).output())
          .contains("from " + first.goproxyUrl() + "; to be tried: " + second.goproxyUrl())
          .contains("other bytes were refused: " + first.goproxyUrl());
    }
  }

  @Test
  void whatBothHaveWrongIsRejectedAndTheSentenceSaysWhoGaveWhat() throws Exception {
    try (FakeUpstream first = FakeUpstream.serving(LEFT.withZipBytes(WRONG.zip()));
        FakeUpstream second = FakeUpstream.serving(LEFT.withZipBytes(WORSE.zip()));
        Site site = Site.of(folder, first.goproxyUrl() + "," + second.goproxyUrl())) {
      project(site, LEFT.goSum());

      var result = site.sync("project");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output())
          .contains("REJECTED  example.com/left@v1.2.3")
          .contains(LEFT.zipHash().value(), WRONG.zipHash().value(), WORSE.zipHash().value())
          .contains(", from " + second.goproxyUrl(), "; also tried: " + first.goproxyUrl());
      assertThat(first.count(ProxyPath.zip(LEFT.module()))).isEqualTo(1);
      assertThat(second.count(ProxyPath.zip(LEFT.module()))).isEqualTo(1);
      assertThat(zipFile(site, LEFT)).doesNotExist();
    }
  }

  @Test
  void aVersionThatIsSplitOverBothIsFound() throws Exception {
    try (FakeUpstream first = FakeUpstream.serving(SPLIT);
        FakeUpstream second = FakeUpstream.serving(SPLIT);
        Site site = Site.of(folder, first.goproxyUrl() + "," + second.goproxyUrl())) {
      first.fault("split/@v/v1.0.0.zip", Fault.status(404, "no zip here\n"));
      project(site, SPLIT.goSum());

      var result = site.sync("project");

      assertThat(result.output()).contains("all 1 module version inside");
      assertThat(site.modgate("show", SPLIT.module().toString()).output())
          .contains(second.goproxyUrl() + " (.info, .mod from " + first.goproxyUrl());
    }
  }

  private static void project(Site site, String goSum) throws Exception {
    site.project("project", "module example.com/project\n", goSum, "package main\n");
  }

  private static Path zipFile(Site site, SyntheticModule module) {
    return site.inner().resolve(ProxyPath.zip(module.module()));
  }

  private static byte[] inside(Site site, SyntheticModule module) throws Exception {
    return Files.readAllBytes(zipFile(site, module));
  }
}
