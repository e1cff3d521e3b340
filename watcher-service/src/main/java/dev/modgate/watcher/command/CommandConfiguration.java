package dev.modgate.watcher.command;

import dev.modgate.pipeline.stage.EventSender;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.status.StageStatuses;
import dev.modgate.watcher.status.UpstreamService;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Commands to the stages.
@Configuration(proxyBeanMethods = false)
public class CommandConfiguration {
  @Bean
  EventSender commandSender(KafkaSettings kafka) {
    return new EventSender(kafka);
  }

  @Bean
  Commands commands(EventSender commandSender, Clock clock) {
    return new Commands(commandSender, clock);
  }

  @Bean
  UpstreamController upstreamController(UpstreamService upstreams, Commands commands) {
    return new UpstreamController(upstreams, commands);
  }

  @Bean
  ResumeController resumeController(Commands commands) {
    return new ResumeController(commands);
  }

  @Bean
  UpkeepController upkeepController(StageStatuses statuses, Commands commands) {
    return new UpkeepController(statuses, commands);
  }
}
