package dev.modgate.watcher.letter;

import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.result.Results;
import dev.modgate.watcher.retention.OldRows;
import dev.modgate.watcher.retention.Retention;
import dev.modgate.watcher.retention.RetentionRule;
import dev.modgate.watcher.status.OpenLetters;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/// The index of dead letters, and what is done with them.
@Configuration(proxyBeanMethods = false)
public class LetterConfiguration {

  @Bean
  LetterRows letterRows(JdbcTemplate jdbc) {
    return new LetterRows(jdbc);
  }

  @Bean
  OpenLetters openLetters(LetterRows rows) {
    return rows::open;
  }

  @Bean
  LetterModules letterModules(
      JdbcTemplate jdbc, ModuleRows modules, Claims claims, Outbox outbox, Timeline timeline) {
    return new LetterModules(jdbc, modules, claims, outbox, timeline);
  }

  @Bean
  LetterWork letterWork(
      LetterRows rows,
      LetterModules modules,
      TransactionTemplate transaction,
      KafkaSettings kafka,
      Outbox outbox,
      Clock clock) {
    return new LetterWork(rows, modules, transaction, kafka, outbox, clock);
  }

  @Bean
  LetterController letterController(JdbcTemplate jdbc, LetterRows rows, LetterWork work) {
    return new LetterController(new LetterViews(jdbc), rows, work);
  }

  @Bean
  ConcurrentMessageListenerContainer<byte[], byte[]> letterContainer(
      KafkaSettings kafka, LetterRows rows, TransactionTemplate transaction, Results results) {
    var properties =
        new ContainerProperties(LetterListener.topics(kafka.topicPrefix()).toArray(String[]::new));
    properties.setGroupId(kafka.topicPrefix() + LetterListener.GROUP);
    properties.setMessageListener(
        new LetterListener(rows, transaction, results, kafka.topicPrefix()));
    properties.setAckMode(ContainerProperties.AckMode.MANUAL); // the listener commits
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(10)); // else it ends at the first
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    settings.put("allow.auto.create.topics", false);
    settings.put("max.poll.records", 100);
    var container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            properties);
    var forever = new ExponentialBackOff(200, 2); // a database that is away comes back
    forever.setMaxInterval(10_000);
    var again = new DefaultErrorHandler(forever);
    again.setClassifications(Map.of(), true); // else it drops the records of some exceptions
    container.setCommonErrorHandler(again);
    container.setAutoStartup(false); // when the topics are there
    return container;
  }

  /// What waits for somebody has no time of a decision, and stays.
  @Bean
  public static RetentionRule letterRetention(JdbcTemplate jdbc, Retention retention) {
    return new OldRows(
        jdbc,
        "dead-letters",
        retention.deadLetters(),
        new OldRows.Table("dead_letter", List.of("id"), "changed_at", ""));
  }
}
