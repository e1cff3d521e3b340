package dev.modgate.watcher;

import com.zaxxer.hikari.HikariDataSource;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.start.KafkaConnection;
import dev.modgate.watcher.api.ApiConfiguration;
import dev.modgate.watcher.api.BodyLimit;
import dev.modgate.watcher.api.BodyTurns;
import dev.modgate.watcher.api.Door;
import dev.modgate.watcher.catalog.CatalogConfiguration;
import dev.modgate.watcher.commit.CommitConfiguration;
import dev.modgate.watcher.outbox.OutboxConfiguration;
import dev.modgate.watcher.outbox.Relay;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.result.ResultConfiguration;
import dev.modgate.watcher.result.Retry;
import dev.modgate.watcher.run.RunConfiguration;
import dev.modgate.watcher.source.SourceConfiguration;
import dev.modgate.watcher.status.StageStatuses;
import dev.modgate.watcher.status.StatusConfiguration;
import dev.modgate.watcher.sync.SyncConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What all features of the watcher share; each lists its own parts.
@Configuration(proxyBeanMethods = false)
@Import({
  CatalogConfiguration.class,
  SyncConfiguration.class,
  OutboxConfiguration.class,
  ResultConfiguration.class,
  StatusConfiguration.class,
  SourceConfiguration.class,
  RunConfiguration.class,
  CommitConfiguration.class,
  ApiConfiguration.class
})
class WatcherConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  CaseSensitiveHeaders caseSensitiveHeaders() {
    return new CaseSensitiveHeaders();
  }

  @Bean
  KafkaSettings kafkaSettings(KafkaConnection kafka) {
    return kafka.settings();
  }

  @Bean
  Door door(WatcherSettings settings) {
    return new Door(TokenFile.read(settings));
  }

  @Bean
  BodyLimit bodyLimit(WatcherSettings settings) {
    return new BodyLimit(settings.maxBody().toBytes());
  }

  @Bean
  Relay.Limits relayLimits(WatcherSettings settings) {
    return new Relay.Limits(
        settings.requests().mostUnanswered(), settings.requests().resendAfter());
  }

  @Bean
  Retry retry(WatcherSettings settings) {
    return new Retry(settings.retry().waits(), RandomGenerator.getDefault());
  }

  @Bean
  PrivateModules privateModules(WatcherSettings settings) {
    return PrivateModules.of(settings.privateModules());
  }

  @Bean
  SourceConfiguration.Declarations declarations(WatcherSettings settings) {
    return new SourceConfiguration.Declarations(settings.sources());
  }

  @Bean
  BodyTurns bodyTurns() {
    return new BodyTurns(Duration.ofSeconds(20)); // clients give up after 60
  }

  @Bean
  DataSource dataSource(WatcherSettings settings) {
    var pool = new HikariDataSource();
    pool.setPoolName("watcher");
    pool.setJdbcUrl(settings.database().url());
    pool.setUsername(settings.database().user());
    pool.setPassword(settings.database().password());
    pool.setMaximumPoolSize(settings.database().connections());
    return pool;
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
    return new TransactionTemplate(transactions);
  }

  /// Makes its one producer when it is first asked, and again where that failed: the broker's name
  /// may not resolve yet.
  @Bean
  ProducerFactory<String, byte[]> producers(KafkaSettings kafka) {
    Map<String, Object> settings = kafka.producerProperties();
    settings.put("client.id", "modgate-watcher");
    settings.put("linger.ms", 0);
    settings.put("delivery.timeout.ms", 30_000);
    settings.put("request.timeout.ms", 10_000);
    return new DefaultKafkaProducerFactory<>(
        settings, new StringSerializer(), new ByteArraySerializer());
  }

  @Bean(initMethod = "start")
  TopicsAtStart topicsAtStart(
      KafkaSettings kafka,
      KafkaConnection topics,
      Relay relay,
      StageStatuses statuses,
      ConcurrentMessageListenerContainer<String, byte[]> resultContainer) {
    return new TopicsAtStart(
        kafka,
        topics.partitions(),
        topics.replication(),
        () -> {
          startOrStop(resultContainer); // the only one that may fail: it makes its clients at once
          relay.start();
          statuses.start();
        });
  }

  /// A container half started would take the next start for done.
  private static void startOrStop(ConcurrentMessageListenerContainer<?, ?> container) {
    try {
      container.start();
    } catch (RuntimeException e) {
      container.stop();
      throw e;
    }
  }
}
