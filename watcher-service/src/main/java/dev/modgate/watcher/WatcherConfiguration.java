package dev.modgate.watcher;

import com.zaxxer.hikari.HikariDataSource;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.start.KafkaConnection;
import dev.modgate.watcher.api.ApiConfiguration;
import dev.modgate.watcher.api.BodyLimit;
import dev.modgate.watcher.api.Door;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.outbox.Relay;
import dev.modgate.watcher.result.Claims;
import dev.modgate.watcher.result.ResultListener;
import dev.modgate.watcher.result.Results;
import dev.modgate.watcher.result.Retries;
import dev.modgate.watcher.result.Retry;
import dev.modgate.watcher.status.Lags;
import dev.modgate.watcher.status.StageStatuses;
import dev.modgate.watcher.status.StatusService;
import dev.modgate.watcher.sync.SyncEnds;
import dev.modgate.watcher.sync.SyncService;
import dev.modgate.watcher.sync.SyncViews;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/// The watcher's parts.
@Configuration(proxyBeanMethods = false)
@Import(ApiConfiguration.class)
class WatcherConfiguration {
  private static final String GROUP = "modgate.watcher";

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

  @Bean
  ModuleRows moduleRows(JdbcTemplate jdbc) {
    return new ModuleRows(jdbc);
  }

  @Bean
  Timeline timeline(JdbcTemplate jdbc) {
    return new Timeline(jdbc);
  }

  @Bean
  Claims claims(JdbcTemplate jdbc) {
    return new Claims(jdbc);
  }

  @Bean
  SyncEnds syncEnds(JdbcTemplate jdbc) {
    return new SyncEnds(jdbc);
  }

  @Bean
  SyncViews syncViews(JdbcTemplate jdbc) {
    return new SyncViews(jdbc);
  }

  @Bean
  ModuleViews moduleViews(JdbcTemplate jdbc) {
    return new ModuleViews(jdbc);
  }

  @Bean
  Outbox outbox(JdbcTemplate jdbc, ObjectProvider<Relay> relay) {
    return new Outbox(jdbc, () -> relay.getObject().wake());
  }

  @Bean
  SyncService syncService(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Outbox outbox,
      Timeline timeline,
      SyncEnds ends,
      Clock clock) {
    return new SyncService(jdbc, transaction, modules, outbox, timeline, ends, clock);
  }

  @Bean
  Results results(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Claims claims,
      Timeline timeline,
      Outbox outbox,
      SyncEnds ends,
      Clock clock) {
    return new Results(
        jdbc,
        transaction,
        modules,
        claims,
        timeline,
        outbox,
        ends,
        new Retry(RandomGenerator.getDefault()),
        clock);
  }

  @Bean(initMethod = "start")
  Retries retries(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Claims claims,
      Outbox outbox,
      Clock clock) {
    return new Retries(jdbc, transaction, modules, claims, outbox, clock);
  }

  @Bean(destroyMethod = "close")
  Producer<String, byte[]> producer(KafkaSettings kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("client.id", "modgate-watcher");
    settings.put("acks", "all");
    settings.put("linger.ms", 0);
    settings.put("delivery.timeout.ms", 30_000);
    settings.put("request.timeout.ms", 10_000);
    settings.put("max.block.ms", 10_000);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  @Bean
  Relay relay(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Producer<String, byte[]> producer,
      KafkaSettings kafka,
      Clock clock) {
    return new Relay(jdbc, transaction, producer, kafka.topic(Topic.MODULE_REQUESTED), clock);
  }

  @Bean
  ConcurrentMessageListenerContainer<String, byte[]> resultContainer(
      KafkaSettings kafka, Results results, Producer<String, byte[]> producer) {
    var properties =
        new ContainerProperties(
            ResultListener.topics().stream().map(kafka::topic).toArray(String[]::new));
    properties.setGroupId(GROUP);
    properties.setMessageListener(new ResultListener(results, producer, kafka.topicPrefix()));
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
    forever.setMaxInterval(10_000);
    container.setCommonErrorHandler(new DefaultErrorHandler(forever));
    container.setAutoStartup(false); // when the topics are there
    return container;
  }

  @Bean
  StageStatuses stageStatuses(KafkaSettings kafka) {
    return new StageStatuses(kafka);
  }

  @Bean
  Lags lags(KafkaSettings kafka) {
    return new Lags(kafka);
  }

  @Bean
  StatusService statusService(
      KafkaSettings kafka,
      StageStatuses statuses,
      Lags lags,
      Outbox outbox,
      ModuleViews modules,
      Clock clock) {
    return new StatusService(kafka, statuses, lags, outbox, modules, clock);
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
          relay.start();
          statuses.start();
          resultContainer.start();
        });
  }
}
