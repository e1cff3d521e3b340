package dev.modgate.watcher.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeHost;
import dev.modgate.testsupport.Fault;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.host.CommitStatus;
import dev.modgate.watcher.host.HostClient;
import dev.modgate.watcher.host.HostSources;
import dev.modgate.watcher.host.Statuses;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.sync.SyncViews;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From a sync to what the host shows.
class HostTickSenderTest extends OnEachDatabase {
  private static final String TOKEN = "token-0123456789";
  private static final String COMMIT = "c".repeat(40);

  @TempDir Path folder;
  private final FakeHost host = FakeHost.start().requireToken(TOKEN);
  private final HostSources sources = new HostSources();
  private HostClient client;
  private TickWorker worker;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("token"), TOKEN);
    client = new HostClient(Duration.ofSeconds(20), () -> 0L, watcher.clock);
    worker = worker();
  }

  private TickWorker worker() {
    var sender = new HostTickSender(sources, new Statuses(client));
    return new TickWorker(watcher.jdbc, () -> {}, sender, () -> 0L, watcher.clock);
  }

  @AfterEach
  void stop() {
    worker.close();
    client.close();
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB, pay/api, pending, success",
    "GITLAB, pay/backend/api, pending, success",
    "GITEA, pay/api, pending, success",
    "BITBUCKET, PAY/api, INPROGRESS, SUCCESSFUL",
    "GITEE, pay/api, in_progress, success",
  })
  void theHostShowsHowManyModulesAreInside(
      HostKind kind, String repository, String pending, String success) throws Exception {
    declare(kind, HostSources.at(host.url() + "/" + repository + ".git"), true);
    String sync = seen(repository);

    step();
    assertThat(host.status(repository, COMMIT))
        .contains(shown(repository, pending, "0 of 1 module is inside", sync));
    watcher.answer(Answers.published(watcher.request(), Answers.HASH));
    step();
    assertThat(host.status(repository, COMMIT))
        .contains(shown(repository, success, "1 of 1 module is inside", sync));
    assertThat(host.statuses()).hasSize(2);
  }

  @Test
  void aRepositoryOfAGroupHasItsTickToo() throws Exception {
    var group = new Source.Place.Group(GitUrl.parse(host.url() + "/"), "pay", List.of(), List.of());
    declare(HostKind.GITLAB, group, true);
    seen("pay/backend/api");

    step();

    assertThat(host.status("pay/backend/api", COMMIT)).isPresent();
  }

  @Test
  void withoutATokenNobodyIsAskedAndThatIsShown() throws Exception {
    declare(HostKind.GITEA, HostSources.at(host.url() + "/pay/api"), false);
    seen("pay/api");

    step();

    assertThat(host.requests()).isEmpty();
    assertThat(view().delivery()).isEqualTo("not-sent");
    assertThat(view().sentence())
        .isEqualTo("source \"pay\" has no api-token, so its host is not told");
  }

  @Test
  void whatAnAgentReadsIsLeftToTheAgent() throws Exception {
    declare(HostKind.GITEA, new Source.Place.Agent("inner"), true);
    seen("pay/api");

    step();

    assertThat(host.requests()).isEmpty();
    assertThat(view().sentence()).isEqualTo("agent \"inner\" sends it");
    assertThat(ticks().ofAgent(List.of("pay"), 0, 10))
        .extracting(change -> change.tick().status().description())
        .containsExactly("0 of 1 module is inside");
  }

  @Test
  void aGenericHostIsNotAsked() throws Exception {
    declare(HostKind.GENERIC, HostSources.at(host.url() + "/pay/api"), true);
    seen("pay/api");

    step();

    assertThat(host.requests()).isEmpty();
    assertThat(view().delivery()).isEqualTo("not-sent");
  }

  @Test
  void aSourceThatIsGoneIsNotAsked() throws Exception {
    seen("pay/api");

    step();

    assertThat(view().sentence()).isEqualTo("source \"pay\" is not declared any more");
  }

  @Test
  void theWrongTokenIsSaidAndTheRightOneHeals() throws Exception {
    Files.writeString(folder.resolve("token"), "wrong");
    declare(HostKind.GITEA, HostSources.at(host.url() + "/pay/api"), true);
    seen("pay/api");
    step();
    assertThat(view().sentence()).contains("answered 401: \"Bad credentials\"");
    assertThat(view().sentence()).doesNotContain("wrong");

    Files.writeString(folder.resolve("token"), TOKEN);
    watcher.clock.advance(Duration.ofHours(1));
    step();

    assertThat(view().delivery()).isEqualTo("sent");
  }

  @Test
  void aHostThatIsAwayHoldsUpNoOther() throws Exception {
    declare(HostKind.GITEA, HostSources.at(host.url() + "/pay/api"), true);
    host.fault("pay/api", new Fault.HangUp());
    try (FakeHost other = FakeHost.start()) {
      sources.add(
          HostSources.source(
              "web",
              HostKind.GITEA,
              HostSources.at(other.url() + "/web/site"),
              Optional.of(folder.resolve("token"))));
      for (int i = 0; i < 30; i++) {
        ticks().want(tick("pay", "pay/api", i));
      }
      ticks().want(tick("web", "web/site", 1));

      while (ticks().newest("web", Long.MAX_VALUE, 1).getFirst().sentState() == null) {
        assertThat(worker.sendSome()).isPositive();
        worker.awaitSent();
      }

      assertThat(other.statuses()).hasSize(1);
      assertThat(host.requests().size()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void whoIsKilledAfterTheHostTookItSendsItTwiceAndThatIsWell() throws Exception {
    declare(HostKind.GITLAB, HostSources.at(host.url() + "/pay/api"), true);
    ticks().want(tick("pay", "pay/api", 1));
    var sender = new HostTickSender(sources, new Statuses(client));
    var killed = new TickQueue(watcher.jdbc, watcher.clock).lease(1).getFirst();
    assertThat(sender.send(killed.tick())).isEqualTo(new TickSender.Outcome.Sent());

    watcher.clock.advance(Duration.ofMinutes(2));
    step();

    assertThat(host.requests()).hasSize(2);
    assertThat(host.statuses()).hasSize(1);
    assertThat(view().delivery()).isEqualTo("sent");
  }

  private void step() throws InterruptedException {
    new TickFollower(
            watcher.jdbc,
            ticks(),
            new SyncViews(watcher.jdbc),
            new SyncLinks(URI.create("https://modgate.example.com")),
            watcher.clock)
        .follow();
    var _ = worker.sendSome();
    worker.awaitSent();
  }

  private void declare(HostKind kind, Source.Place place, boolean token) {
    sources.add(
        HostSources.source(
            "pay", kind, place, token ? Optional.of(folder.resolve("token")) : Optional.empty()));
  }

  private String seen(String repository) {
    String sync = watcher.sync("test", "example.com/a v1.0.0 " + Answers.HASH);
    watcher.jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, sync_id, sentence,"
            + " found_at) values ('pay', ?, ?, 'refs/heads/main', 'poll', ?, '', ?)",
        repository,
        COMMIT,
        sync,
        ModuleRows.time(watcher.clock.instant()));
    return sync;
  }

  private static FakeHost.Status shown(
      String repository, String state, String description, String sync) {
    String link = "https://modgate.example.com/api/v1/syncs/" + sync;
    return new FakeHost.Status(repository, COMMIT, state, description, link, "modgate");
  }

  private Ticks ticks() {
    return new Ticks(watcher.jdbc, watcher.clock);
  }

  private TickView view() {
    return ticks().newest("pay", Long.MAX_VALUE, 1).getFirst();
  }

  private static Tick tick(String source, String repository, int commit) {
    var status =
        new CommitStatus(
            CommitStatus.State.PENDING, "text", URI.create("https://modgate.example.com/1"));
    return new Tick(source, repository, "%040x".formatted(commit), status);
  }
}
