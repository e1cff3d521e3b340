package dev.modgate.watcher.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UpstreamListsTest {
  private static final ModulePath LIB = new ModulePath("example.com/lib");

  private final FakeUpstream upstream =
      FakeUpstream.serving(SyntheticModule.of("example.com/lib@v1.0.0"));

  @AfterEach
  void close() {
    upstream.close();
  }

  @Test
  void whatIsListedIsRead() throws Exception {
    try (var lists = new UpstreamLists(upstream.goproxyUrl())) {
      assertThat(lists.versions(LIB)).hasToString("[v1.0.0]");
      assertThat(lists.versions(new ModulePath("example.com/other"))).isEmpty();
    }
  }

  @Test
  void aBodyThatStallsHasAnEnd() {
    upstream.fault("list", new Fault.Stall(1));
    try (var lists = new UpstreamLists(upstream.goproxyUrl(), Duration.ofSeconds(1))) {
      assertThatIOException()
          .isThrownBy(() -> lists.versions(LIB))
          .withMessageEndingWith("/example.com/lib/@v/list gave no whole answer within 1.0 s");
    }
  }

  @Test
  void aBodyThatIsTooLongIsNotRead() {
    upstream.fault("list", new Fault.Endless(0));
    try (var lists = new UpstreamLists(upstream.goproxyUrl())) {
      assertThatIOException()
          .isThrownBy(() -> lists.versions(LIB))
          .withMessageContaining("/example.com/lib/@v/list can't be read");
    }
  }

  @Test
  void theNextOneIsAskedWhereTheFirstStalls() throws Exception {
    upstream.fault("list", 1, new Fault.Stall(1));
    String twice = upstream.goproxyUrl() + "|" + upstream.goproxyUrl();
    try (var lists = new UpstreamLists(twice, Duration.ofSeconds(1))) {
      assertThat(lists.versions(LIB)).hasToString("[v1.0.0]");
    }
  }
}
