package dev.modgate.watcher.doctor;

import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.result.ResultTrouble;
import dev.modgate.watcher.status.OpenLetters;
import dev.modgate.watcher.status.StageStatuses;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// What finds out whether all is well.
@Configuration(proxyBeanMethods = false)
public class DoctorConfiguration {
  private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(5);

  @Bean
  DoctorController doctorController(
      JdbcTemplate jdbc,
      KafkaSettings kafka,
      StageStatuses statuses,
      ResultTrouble results,
      OpenLetters letters,
      Clock clock) {
    return new DoctorController(
        new Doctor(
            new DatabaseLook(jdbc, letters, clock),
            new TopicLook(kafka, KAFKA_ANSWERS_WITHIN),
            statuses,
            results,
            clock));
  }
}
