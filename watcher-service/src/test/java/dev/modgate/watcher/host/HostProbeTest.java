package dev.modgate.watcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeHost;
import dev.modgate.testsupport.Fault;
import dev.modgate.watcher.database.TestClock;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.SourceProbe.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostProbeTest {
  @TempDir Path folder;
  private final FakeHost host = FakeHost.start();
  private final HostClient client =
      new HostClient(Duration.ofSeconds(20), () -> 0L, new TestClock());
  private final HostProbe probe = new HostProbe(client);

  @AfterEach
  void close() {
    client.close();
    host.close();
  }

  @Test
  void aRepositoryIsAskedForAndNothingIsSet() throws Exception {
    host.fault("GET api/v4/projects/pay%2Fapi$", new Fault.Replace("application/json", "{}"));

    assertThat(probe(HostSources.at(host.url() + "/pay/api"), true))
        .containsExactly(new Step("api", true, host.url() + "/api/v4 shows pay/api"));
    assertThat(host.requests()).extracting(FakeHost.Seen::method).containsExactly("GET");
  }

  @Test
  void whatTheHostRefusesIsSaid() throws Exception {
    host.requireToken("another");

    assertThat(probe(HostSources.at(host.url() + "/pay/api"), true))
        .containsExactly(
            new Step(
                "api",
                false,
                host.url().substring("http://".length()) + " answered 401: \"Bad credentials\""));
  }

  @Test
  void ofAGroupTheFirstPageIsAsked() throws Exception {
    var group = new Source.Place.Group(GitUrl.parse(host.url()), "pay", List.of(), List.of());

    assertThat(probe(group, true))
        .containsExactly(new Step("api", true, host.url() + "/api/v4 shows pay"));
  }

  @Test
  void withoutATokenNobodyIsAsked() throws Exception {
    assertThat(probe(HostSources.at(host.url() + "/pay/api"), false))
        .containsExactly(new Step("api", true, "no api-token: commits get no status"));
    assertThat(host.requests()).isEmpty();
  }

  private List<Step> probe(Source.Place place, boolean token) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "token-0123456789");
    Source source =
        HostSources.source(
            "pay", HostKind.GITLAB, place, token ? Optional.of(file) : Optional.empty());
    var url = GitUrl.parse(host.url() + "/pay/api");
    return probe.probe(source, List.of(new Repository("pay", "pay/api", url)));
  }
}
