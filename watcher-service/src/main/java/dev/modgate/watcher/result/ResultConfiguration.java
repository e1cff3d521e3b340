package dev.modgate.watcher.result;

import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.happening.Happenings;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.pause.OwnPauses;
import dev.modgate.watcher.sync.SyncEnds;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/// What takes the stages' answers, and asks again for what they deferred.
@Configuration(proxyBeanMethods = false)
public class ResultConfiguration {

  @Bean
  Results results(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Claims claims,
      Timeline timeline,
      Outbox outbox,
      SyncEnds ends,
      Happenings happenings,
      Retry retry,
      Clock clock) {
    return new Results(
        jdbc, transaction, modules, claims, timeline, outbox, ends, happenings, retry, clock);
  }

  @Bean(initMethod = "start")
  Retries retries(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Claims claims,
      Outbox outbox,
      Timeline timeline,
      Clock clock) {
    return new Retries(jdbc, transaction, modules, claims, outbox, timeline, clock);
  }

  @Bean
  ResultTrouble resultTrouble(OwnPauses pauses, Clock clock) {
    return new ResultTrouble(pauses, clock);
  }

  @Bean
  ConcurrentMessageListenerContainer<String, byte[]> resultContainer(
      KafkaSettings kafka,
      Results results,
      ResultTrouble trouble,
      ProducerFactory<String, byte[]> producers) {
    var properties =
        new ContainerProperties(
            ResultListener.topics().stream().map(kafka::topic).toArray(String[]::new));
    properties.setGroupId(kafka.topicPrefix() + ResultListener.GROUP);
    properties.setMessageListener(
        new ResultListener(results, producers::createProducer, trouble, kafka.topicPrefix()));
    properties.setAckMode(ContainerProperties.AckMode.MANUAL); // the listener commits
    properties.setConsumerRebalanceListener(trouble);
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(10)); // else it ends at the first
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    settings.put("allow.auto.create.topics", false);
    settings.put("max.poll.records", 500);
    var container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                settings, new StringDeserializer(), new ByteArrayDeserializer()),
            properties);
    var forever = new ExponentialBackOff(200, 2); // a database that is away comes back
    forever.setMaxInterval(ResultTrouble.LONGEST_WAIT.toMillis());
    var again = new DefaultErrorHandler(forever);
    again.setClassifications(Map.of(), true); // else it drops the records of some exceptions
    container.setCommonErrorHandler(again);
    container.setAutoStartup(false); // when the topics are there
    return container;
  }

  /// A container that ended by itself would never take a result again, and nobody would notice.
  @Bean
  ApplicationListener<ConsumerStoppedEvent> endWithoutResults() {
    return stopped -> {
      if (stopped.getReason() != ConsumerStoppedEvent.Reason.NORMAL) {
        Fatal.halt(
            "the listener of results",
            new IllegalStateException("it ended by itself: " + stopped.getReason()));
      }
    };
  }
}
