package dev.modgate.watcher.hook;

import static dev.modgate.watcher.hook.Example.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.hook.delivery.Deliveries.Taken;
import dev.modgate.watcher.hook.delivery.DeliveryView;
import dev.modgate.watcher.hook.delivery.DeliveryViews;
import dev.modgate.watcher.hook.delivery.Verdict;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryViewsTest extends OnEachDatabase {
  private static final String SECRET = "a secret of some length";

  @TempDir Path folder;
  private final DeclaredForTest sources = new DeclaredForTest();
  private SecretRef secret;
  private HookReceiver receiver;
  private DeliveryViews views;
  private Redelivery redelivery;

  @BeforeEach
  void declare() throws IOException {
    secret = new SecretRef.File(Files.writeString(folder.resolve("secret"), SECRET));
    sources.put(DeclaredForTest.single("hub", HostKind.GITHUB, secret));
    sources.put(DeclaredForTest.group("team", HostKind.GITLAB, secret));
    views = new DeliveryViews(watcher.jdbc);
    var deliveries =
        new Deliveries(
            watcher.jdbc,
            watcher.transaction,
            new Runs(watcher.jdbc, () -> {}, watcher.clock),
            Duration.ofSeconds(2),
            watcher.clock);
    receiver = new HookReceiver(sources, deliveries, watcher.clock);
    redelivery = new Redelivery(sources, deliveries, views);
  }

  private Taken deliver(String source, String file, String id) {
    Example sent = Example.of(file).withId(id).signed(SECRET, watcher.clock.instant());
    return ((HookReceiver.Answer.Known) receiver.receive(source, sent.hookHeaders(), sent.body()))
        .taken();
  }

  private DeliveryView view(String id) {
    return views.find(id).orElseThrow();
  }

  private static DeliveryViews.Filter filter(String source, Verdict verdict) {
    return new DeliveryViews.Filter(Optional.of(source), Optional.of(verdict), Optional.empty());
  }

  @Test
  void aDeliveryShowsTheRunAndTheSyncThatItLedTo() {
    Taken taken = deliver("hub", "github/push", "1");
    String run = taken.run().orElseThrow();
    watcher.jdbc.update("update run set state = 'done', sentence = 'read' where id = ?", run);
    seen(COMMIT, "refs/heads/main", run, "sync-1");

    DeliveryView view = view(taken.id());

    assertThat(view.run()).isEqualTo(new DeliveryView.Run(run, "done", false, "read"));
    assertThat(view.refs())
        .containsExactly(new DeliveryView.Ref("refs/heads/main", COMMIT, "sync-1", "312 modules"));
    assertThat(view.bodySha256()).hasSize(64);
    assertThat(view.bodyBytes()).isEqualTo(Example.of("github/push").body().length);
  }

  @Test
  void aTagWhoseCommitWasNotSaidShowsWhatItsRunFound() {
    Taken taken = deliver("hub", "github/release-published", "1");
    assertThat(view(taken.id()).refs())
        .containsExactly(new DeliveryView.Ref("refs/tags/v1.2.0", null, null, null));

    seen(COMMIT, "refs/tags/v1.2.0", taken.run().orElseThrow(), "sync-1");

    assertThat(view(taken.id()).refs())
        .containsExactly(new DeliveryView.Ref("refs/tags/v1.2.0", COMMIT, "sync-1", "312 modules"));
  }

  private void seen(String commit, String ref, String run, String sync) {
    watcher.jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, run_id, sync_id,"
            + " sentence, found_at) values ('hub','pay/api',?,?,'webhook',?,?,'312 modules',?)",
        commit,
        ref,
        run,
        sync,
        ModuleRows.time(watcher.clock.instant()));
  }

  @Test
  void pagesGoFromTheNewestToTheOldestWithoutGapOrRepetition() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 25; i++) {
      ids.addFirst(deliver("hub", "github/push", "id-" + i).id());
      watcher.clock.advance(i % 3 == 0 ? Duration.ofSeconds(1) : Duration.ZERO);
    }

    var listed = new ArrayList<DeliveryView>();
    Optional<String> after = Optional.empty();
    do {
      DeliveryView.Page page =
          views.page(new DeliveryViews.Filter(Optional.empty(), Optional.empty(), after), 4);
      assertThat(page.deliveries()).hasSizeBetween(1, 4);
      listed.addAll(page.deliveries());
      after = Optional.ofNullable(page.next());
    } while (after.isPresent());

    assertThat(listed)
        .isSortedAccordingTo((a, b) -> b.receivedAt().compareTo(a.receivedAt()))
        .extracting(DeliveryView::id)
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void theListIsFilteredBySourceAndVerdict() {
    Taken push = deliver("hub", "github/push", "1");
    Taken ping = deliver("hub", "github/ping", "2");
    deliver("team", "gitlab/push", "3");

    assertThat(views.page(filter("hub", Verdict.PING), 10).deliveries())
        .extracting(DeliveryView::id)
        .containsExactly(ping.id());
    assertThat(views.page(filter("hub", Verdict.ACCEPTED), 10).deliveries())
        .extracting(DeliveryView::id)
        .containsExactly(push.id());
    assertThat(views.page(filter("team", Verdict.PING), 10).deliveries()).isEmpty();
    assertThat(
            views
                .page(
                    new DeliveryViews.Filter(
                        Optional.empty(), Optional.empty(), Optional.of("nope")),
                    10)
                .deliveries())
        .isEmpty();
  }

  @Test
  void aRedeliveryIsDecidedByWhatTheSourceWantsToday() {
    Taken ignored = deliver("hub", "github/push-other-branch", "1");
    assertThat(redelivery.again(ignored.id()).verdict()).isEqualTo(Verdict.IGNORED);

    sources.put(
        DeclaredForTest.source(
            "hub",
            new Place.Single(DeclaredForTest.url("pay/api")),
            HostKind.GITHUB,
            "**",
            false,
            secret));
    Taken again = redelivery.again(ignored.id());

    assertThat(again.verdict()).isEqualTo(Verdict.ACCEPTED);
    DeliveryView view = view(again.id());
    assertThat(view.redeliveryOf()).isEqualTo(ignored.id());
    assertThat(view.refs())
        .containsExactly(new DeliveryView.Ref("refs/heads/wip/x", COMMIT, null, null));
    assertThat(watcher.jdbc.queryForList("select found_by from run", String.class))
        .containsExactly("person");
    assertThat(redelivery.again(ignored.id()).id())
        .as("as often as wanted")
        .isNotEqualTo(again.id());
  }

  @Test
  void aPullRequestIsRedeliveredAsOne() {
    Taken ignored = deliver("hub", "github/pull-request-opened", "1");

    assertThat(redelivery.again(ignored.id()).sentence())
        .isEqualTo("the source does not take pull requests");
  }

  @Test
  void whatWasNotAuthenticOrNamesNothingIsNotTakenAgain() {
    Example wrong = Example.of("github/push").signed("another", watcher.clock.instant());
    receiver.receive("hub", wrong.hookHeaders(), wrong.body());
    String refused =
        views.page(filter("hub", Verdict.BAD_SIGNATURE), 1).deliveries().getFirst().id();
    String ping = deliver("hub", "github/ping", "2").id();

    assertThatThrownBy(() -> redelivery.again(refused)).hasMessageContaining("was not authentic");
    assertThatThrownBy(() -> redelivery.again(ping)).hasMessageContaining("names no ref");
    assertThatThrownBy(() -> redelivery.again("nope")).hasMessageContaining("there is no delivery");
    assertThat(watcher.count("run")).isZero();
  }

  @Test
  void theRecordOutlivesItsRun() {
    Taken taken = deliver("hub", "github/push", "1");
    watcher.jdbc.update("delete from run");

    assertThat(Objects.requireNonNull(view(taken.id()).run()).state()).isNull();
    assertThat(List.of(taken.id())).containsExactly(view(taken.id()).id());
  }
}
