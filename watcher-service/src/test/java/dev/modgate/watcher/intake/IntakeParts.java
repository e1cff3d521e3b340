package dev.modgate.watcher.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.watcher.commit.SyncSink;
import dev.modgate.watcher.database.WatcherParts;
import dev.modgate.watcher.ledger.Ledger;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.run.CommitsSeen;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Source.Place;
import dev.modgate.watcher.source.Sources;
import dev.modgate.watcher.sync.SyncViews;
import dev.modgate.watcher.wantlist.Refusal;
import dev.modgate.watcher.wantlist.TestAgent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The watcher's side of one agent, put together as the service does it.
final class IntakeParts {
  final WantLists lists;
  final AgentStatuses statuses;
  private final WantListViews views;

  IntakeParts(WatcherParts watcher) {
    var seen = new CommitsSeen(watcher.jdbc);
    lists =
        new WantLists(
            TestAgent::pinned,
            sources(),
            PrivateModules.of("*.corp.example"),
            Duration.ofDays(30),
            new TakenLists(watcher.jdbc, watcher.clock),
            new SyncSink(
                watcher.syncs,
                seen,
                new Ledger(watcher.jdbc, watcher.transaction, sources(), watcher.clock),
                PrivateModules.NONE,
                watcher.clock),
            watcher.clock);
    statuses =
        new AgentStatuses(
            watcher.jdbc, watcher.transaction, new SyncViews(watcher.jdbc), watcher.clock);
    views = new WantListViews(watcher.jdbc);
  }

  static Agents agents(Path in, Path out) {
    var agent =
        new Agents.Agent(
            TestAgent.NAME,
            List.of(TestAgent.KEY.verifierKey()),
            Optional.of(in),
            Optional.of(out));
    return new Agents(new TreeMap<>(Map.of(TestAgent.NAME, agent)));
  }

  /// @return the sentence
  String taken(String list) throws IOException, InterruptedException {
    return switch (take(list)) {
      case WantLists.Outcome.Taken(var _, var sentence) -> sentence;
      case WantLists.Outcome.Refused(var _, var why) -> throw new AssertionError(why);
      case WantLists.Outcome.Busy busy -> throw new AssertionError(busy);
    };
  }

  Refusal refused(String list) throws IOException, InterruptedException {
    return switch (take(list)) {
      case WantLists.Outcome.Taken taken -> throw new AssertionError(taken);
      case WantLists.Outcome.Busy busy -> throw new AssertionError(busy);
      case WantLists.Outcome.Refused refused -> {
        lists.refused(refused, "http");
        yield refused.why().refusal();
      }
    };
  }

  private WantLists.Outcome take(String list) throws IOException, InterruptedException {
    return lists.take(new ByteArrayInputStream(list.getBytes(UTF_8)), "http");
  }

  List<WantListViews.View> newest() {
    return views.newest(Optional.empty(), Optional.empty(), 50);
  }

  private static Sources sources() {
    Map<String, Source> all =
        new TreeMap<>(
            Map.of(
                "payments", source("payments", new Place.Agent(TestAgent.NAME)),
                "of-another-agent", source("of-another-agent", new Place.Agent("inner-2")),
                "of-the-watcher",
                    source(
                        "of-the-watcher",
                        new Place.Single(GitUrl.parse("https://git.example.com/a.git")))));
    return new Sources() {
      @Override
      public List<Source> all() {
        return List.copyOf(all.values());
      }

      @Override
      public Optional<Source> find(String name) {
        return Optional.ofNullable(all.get(name));
      }

      @Override
      public List<Repository> repositories(Source source) {
        return List.of();
      }
    };
  }

  private static Source source(String name, Place place) {
    return new Source(
        name,
        place,
        HostKind.GENERIC,
        new Source.Access(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Source.Webhook(List.of(), "X-Signature", "X-Delivery"),
        new Source.Selection(List.of(), List.of(), List.of(), Source.Depth.BUILD, false),
        Duration.ZERO,
        new Source.About(Map.of(), ""));
  }
}
