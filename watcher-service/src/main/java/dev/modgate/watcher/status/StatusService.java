package dev.modgate.watcher.status;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// Puts the status together.
public final class StatusService {
  /// An instance that said nothing for so long is gone.
  private static final Duration SILENT = Duration.ofSeconds(60);

  private final KafkaSettings kafka;
  private final StageStatuses statuses;
  private final Lags lags;
  private final Outbox outbox;
  private final ModuleViews modules;
  private final Clock clock;

  public StatusService(
      KafkaSettings kafka,
      StageStatuses statuses,
      Lags lags,
      Outbox outbox,
      ModuleViews modules,
      Clock clock) {
    this.kafka = kafka;
    this.statuses = statuses;
    this.lags = lags;
    this.outbox = outbox;
    this.modules = modules;
    this.clock = clock;
  }

  public StatusView now() throws InterruptedException {
    var stages = new ArrayList<StatusView.Stage>();
    for (StageName stage : StageName.values()) {
      List<StageStatus> instances = instances(stage);
      Long lag = null;
      for (String group : instances.stream().map(StageStatus::group).distinct().toList()) {
        OptionalLong groupLag = lags.of(group, kafka.topic(source(stage, group)));
        if (groupLag.isPresent()) {
          lag = (lag == null ? 0 : lag) + groupLag.getAsLong();
        }
      }
      stages.add(
          new StatusView.Stage(
              EventJson.wireName(stage),
              lag,
              instances.stream().map(StatusService::view).toList()));
    }
    return new StatusView(stages, outbox.backlog(), modules.counts());
  }

  private List<StageStatus> instances(StageName stage) {
    Instant oldest = clock.instant().minus(SILENT);
    return statuses.all().stream()
        .filter(status -> status.stage() == stage && status.at().isAfter(oldest))
        .sorted(Comparator.comparing(StageStatus::key))
        .toList();
  }

  /// The publisher's second group takes refusals, to note them in the zone store.
  private static Topic source(StageName stage, String group) {
    return switch (stage) {
      case FETCH -> Topic.MODULE_REQUESTED;
      case VERIFY -> Topic.MODULE_FETCHED;
      case PUBLISH -> group.contains("note") ? Topic.MODULE_REJECTED : Topic.MODULE_VERIFIED;
    };
  }

  private static StatusView.Instance view(StageStatus status) {
    StageStatus.Pause pause = status.pauses().isEmpty() ? null : status.pauses().getFirst();
    return new StatusView.Instance(
        status.instance(),
        status.group(),
        EventJson.wireName(status.state()),
        status.at(),
        pause == null ? null : pause.reason(),
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
