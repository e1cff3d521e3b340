package dev.modgate.watcher.outbox;

import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.pause.OwnPauses;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/// The outbox and its relay.
@Configuration(proxyBeanMethods = false)
public class OutboxConfiguration {

  @Bean
  Outbox outbox(JdbcTemplate jdbc, ObjectProvider<Relay> relay) {
    return new Outbox(jdbc, () -> relay.getObject().wake());
  }

  @Bean
  Relay relay(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ProducerFactory<String, byte[]> producers,
      KafkaSettings kafka,
      Relay.Limits limits,
      Pauses pauses,
      OwnPauses ownPauses,
      Clock clock) {
    return new Relay(
        jdbc,
        transaction,
        producers::createProducer,
        kafka.topic(Topic.MODULE_REQUESTED),
        limits,
        pauses,
        ownPauses,
        clock);
  }
}
