package dev.modgate.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.happening.EventKind;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.ChannelKind;
import dev.modgate.watcher.notify.channel.Language;
import dev.modgate.watcher.notify.channel.NamePattern;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.channel.SecretUrl;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest extends OnEachDatabase {
  private static final Map<String, String> OWNERS =
      Map.of("pay", "payments team", "web", "web team", "lone", "");

  @Test
  void goesToTheSourcesAndOwnersThatWantIt() {
    refuseFor("pay", "example.com/a");

    assertThat(
            heard(
                channel("all", List.of(), List.of()),
                channel("pay", List.of("pa*"), List.of()),
                channel("payments", List.of(), List.of("payments *")),
                channel("both", List.of("pay"), List.of("web team")),
                channel("web", List.of("web"), List.of())))
        .containsOnly("all", "pay", "payments");
  }

  @Test
  void whatTwoSourcesWantConcernsBoth() {
    commit("pay", watcher.syncByName("pay@1", "example.com/a@v1.0.0"));
    commit("web", watcher.syncByName("web@1", "example.com/a@v1.0.0"));
    watcher.answer(Answers.rejected(watcher.request(), RejectReason.BAD_ZIP));

    assertThat(
            heard(
                channel("pay", List.of("pay"), List.of()),
                channel("web", List.of("web"), List.of()),
                channel("lone", List.of("lone"), List.of())))
        .containsOnly("pay", "web");
  }

  @Test
  void aSyncThatEndedLongAgoIsNotConcerned() {
    refuseFor("web", "example.com/a");
    watcher.clock.advance(java.time.Duration.ofDays(1));
    watcher.jdbc.update("delete from happening");
    refuseFor("pay", "example.com/a");

    assertThat(
            heard(
                channel("pay", List.of("pay"), List.of()),
                channel("web", List.of("web"), List.of())))
        .containsOnly("pay");
  }

  @Test
  void whatBelongsToNoSourceGoesToThoseThatHearAll() {
    watcher.syncByName("by hand", "example.com/a@v1.0.0");
    watcher.answer(Answers.published(watcher.request(), Answers.HASH));
    watcher.happenings.once(
        new Happening.StageStopped(StageName.VERIFY, "stopped"), "s", watcher.clock.instant());

    assertThat(heard(channel("all", List.of(), List.of()), channel("any", List.of("*"), List.of())))
        .containsExactly("all", "all");
  }

  @Test
  void onlyTheWantedEventsGo() {
    refuseFor("pay", "example.com/a");
    var channel = channel("security", List.of(), List.of());
    var some =
        new Channel(
            channel.name(),
            channel.receiver(),
            channel.language(),
            EnumSet.of(EventKind.SECURITY),
            channel.route(),
            channel.linkBase());

    assertThat(heard(some)).isEmpty();
  }

  private void refuseFor(String source, String path) {
    commit(source, watcher.syncByName(source + "@1", path + "@v1.0.0"));
    watcher.answer(Answers.rejected(watcher.request(), RejectReason.BAD_ZIP));
  }

  private void commit(String source, String sync) {
    watcher.jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, sync_id, sentence,"
            + " found_at) values (?,?,?,'refs/heads/main','poll',?,'-',?)",
        source,
        source + "/api",
        sync.replace("-", ""),
        sync,
        ModuleRows.time(watcher.clock.instant()));
  }

  private static Channel channel(String name, List<String> sources, List<String> owners) {
    return new Channel(
        name,
        new Receiver.Http(
            ChannelKind.SLACK,
            new SecretUrl.Written(URI.create("http://127.0.0.1:1/")),
            List.of(),
            Optional.empty()),
        Language.EN,
        EnumSet.allOf(EventKind.class),
        new Channel.Route(
            sources.stream().map(NamePattern::new).toList(),
            owners.stream().map(NamePattern::new).toList()),
        Optional.empty());
  }

  private List<String> heard(Channel... channels) {
    try (var parts = new NotifyParts(watcher, Arrays.asList(channels), OWNERS)) {
      parts.route();
    }
    return watcher.jdbc.queryForList(
        "select channel from notification order by channel", String.class);
  }
}
