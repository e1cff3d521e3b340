package dev.modgate.watcher.status;

import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.outbox.Pauses;
import dev.modgate.watcher.pause.OwnPauses;
import dev.modgate.watcher.result.ResultTrouble;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What tells how the pipeline is doing.
@Configuration(proxyBeanMethods = false)
public class StatusConfiguration {
  private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(3);

  @Bean
  StageStatuses stageStatuses(KafkaSettings kafka) {
    return new StageStatuses(kafka);
  }

  @Bean
  Pauses pauses(StageStatuses statuses, Clock clock) {
    return () -> statuses.mayPause(clock.instant());
  }

  @Bean
  UpstreamService upstreamService(StageStatuses statuses, Clock clock) {
    return new UpstreamService(statuses::all, clock);
  }

  @Bean
  Lags lags(KafkaSettings kafka) {
    return new Lags(kafka, KAFKA_ANSWERS_WITHIN);
  }

  @Bean
  StatusService statusService(
      StageStatuses statuses,
      Lags lags,
      Outbox outbox,
      OpenLetters letters,
      ModuleViews modules,
      OwnPauses own,
      ResultTrouble trouble,
      Clock clock) {
    return new StatusService(statuses, lags, outbox, letters, modules, own, trouble, clock);
  }
}
