package dev.modgate.watcher.status;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.pause.OwnPauses;
import dev.modgate.watcher.result.ResultTrouble;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Puts the status together.
public final class StatusService {
  private final StageStatuses statuses;
  private final Lags lags;
  private final Outbox outbox;
  private final OpenLetters letters;
  private final ModuleViews modules;
  private final OwnPauses own;
  private final ResultTrouble trouble;
  private final Clock clock;

  public StatusService(
      StageStatuses statuses,
      Lags lags,
      Outbox outbox,
      OpenLetters letters,
      ModuleViews modules,
      OwnPauses own,
      ResultTrouble trouble,
      Clock clock) {
    this.statuses = statuses;
    this.lags = lags;
    this.outbox = outbox;
    this.letters = letters;
    this.modules = modules;
    this.own = own;
    this.trouble = trouble;
    this.clock = clock;
  }

  public StatusView now() throws InterruptedException {
    Lags.Answer answer = lags.now();
    Map<ConsumerGroup, Long> known =
        switch (answer) {
          case Lags.Answer.Up(var lagOf, var _) -> lagOf;
          case Lags.Answer.Down _ -> Map.of();
        };
    return new StatusView(
        kafka(answer),
        pauses(),
        Arrays.stream(StageName.values()).map(stage -> stage(stage, known)).toList(),
        Arrays.stream(ConsumerGroup.values())
            .map(group -> new StatusView.Group(lags.name(group), known.get(group)))
            .toList(),
        orAway(outbox::backlog),
        orAway(letters::count),
        orAway(modules::counts),
        trouble.sentences(),
        warnings(answer));
  }

  private List<StatusView.Pause> pauses() {
    var all = new ArrayList<StatusView.Pause>();
    Stream.concat(own.all().stream(), trouble.held().stream())
        .map(pause ->
            new StatusView.Pause("watcher", null, pause.reason(), pause.since(), pause.nextTry()))
        .forEach(all::add);
    for (StageName stage : StageName.values()) {
      for (StageStatus status : instances(stage)) {
        for (StageStatus.Pause pause : status.pauses()) {
          all.add(
              new StatusView.Pause(
                  EventJson.wireName(stage),
                  status.instance(),
                  pause.reason(),
                  pause.since(),
                  pause.nextTry()));
        }
      }
    }
    return all;
  }

  /// Null while the database is away: the pauses say so.
  private static <T> @Nullable T orAway(Supplier<T> read) {
    try {
      return read.get();
    } catch (DataAccessException | TransactionException e) {
      return null;
    }
  }

  private List<String> warnings(Lags.Answer answer) {
    return switch (answer) {
      case Lags.Answer.Up up -> up.expiring().stream().map(this::warning).toList();
      case Lags.Answer.Down _ -> List.of();
    };
  }

  private String warning(ConsumerGroup group) {
    return "the oldest records that "
        + lags.name(group)
        + " has not read are soon forgotten by their topic: let it work, or raise retention.ms of"
        + " its topics";
  }

  private static StatusView.Kafka kafka(Lags.Answer answer) {
    return switch (answer) {
      case Lags.Answer.Up _ -> new StatusView.Kafka("up", null);
      case Lags.Answer.Down(var reason) -> new StatusView.Kafka("down", reason);
    };
  }

  private StatusView.Stage stage(StageName stage, Map<ConsumerGroup, Long> known) {
    return new StatusView.Stage(
        EventJson.wireName(stage),
        lag(stage, known),
        instances(stage).stream().map(StatusService::view).toList());
  }

  private static @Nullable Long lag(StageName stage, Map<ConsumerGroup, Long> known) {
    long sum = 0;
    for (ConsumerGroup group : ConsumerGroup.values()) {
      if (group.stage().filter(stage::equals).isPresent()) {
        Long lag = known.get(group);
        if (lag == null) {
          return null;
        }
        sum += lag;
      }
    }
    return sum;
  }

  private List<StageStatus> instances(StageName stage) {
    Instant oldest = clock.instant().minus(StageStatuses.SILENT);
    return statuses.all().stream()
        .filter(status -> status.stage() == stage && status.at().isAfter(oldest))
        .sorted(Comparator.comparing(StageStatus::key))
        .toList();
  }

  private static StatusView.Instance view(StageStatus status) {
    StageStatus.Pause pause = status.pauses().isEmpty() ? null : status.pauses().getFirst();
    return new StatusView.Instance(
        status.instance(),
        status.group(),
        EventJson.wireName(status.state()),
        status.at(),
        pause == null ? null : pause.reason(),
        pause == null ? null : pause.since(),
        pause == null ? null : pause.nextTry(),
        status.inFlight(),
        status.done(),
        status.deferred(),
        status.deadLettered(),
        status.dependencies().stream()
            .map(d ->
                new StatusView.Dependency(d.name(), EventJson.wireName(d.health()), d.sentence()))
            .toList());
  }
}
