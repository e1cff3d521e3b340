package dev.modgate.watcher;

import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.start.KafkaConnection;
import dev.modgate.watcher.api.SyncApiConfiguration;
import dev.modgate.watcher.ask.AskConfiguration;
import dev.modgate.watcher.check.CheckConfiguration;
import dev.modgate.watcher.command.CommandConfiguration;
import dev.modgate.watcher.commit.CommitConfiguration;
import dev.modgate.watcher.doctor.DoctorConfiguration;
import dev.modgate.watcher.intake.Agents;
import dev.modgate.watcher.intake.IntakeConfiguration;
import dev.modgate.watcher.ledger.LedgerConfiguration;
import dev.modgate.watcher.ledger.view.LedgerViewConfiguration;
import dev.modgate.watcher.letter.LetterConfiguration;
import dev.modgate.watcher.notify.NotifyConfiguration;
import dev.modgate.watcher.outbox.OutboxConfiguration;
import dev.modgate.watcher.outbox.Relay;
import dev.modgate.watcher.result.ResultConfiguration;
import dev.modgate.watcher.result.Retry;
import dev.modgate.watcher.run.RunWorkerConfiguration;
import dev.modgate.watcher.status.StageStatuses;
import dev.modgate.watcher.status.StatusConfiguration;
import dev.modgate.watcher.sync.SyncConfiguration;
import dev.modgate.watcher.tick.SyncLinks;
import dev.modgate.watcher.tick.TickFollowerConfiguration;
import dev.modgate.watcher.walk.WalkConfiguration;
import dev.modgate.watcher.watch.WatchConfiguration;
import java.net.URI;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/// What the control plane has besides the parts that both modes share: all that needs Kafka.
@Configuration(proxyBeanMethods = false)
@Import({
  SyncConfiguration.class,
  AskConfiguration.class,
  WalkConfiguration.class,
  CheckConfiguration.class,
  CommandConfiguration.class,
  CommitConfiguration.class,
  LedgerConfiguration.class,
  LedgerViewConfiguration.class,
  RunWorkerConfiguration.class,
  OutboxConfiguration.class,
  ResultConfiguration.class,
  LetterConfiguration.class,
  StatusConfiguration.class,
  DoctorConfiguration.class,
  TickFollowerConfiguration.class,
  IntakeConfiguration.class,
  WatchConfiguration.class,
  NotifyConfiguration.class,
  SyncApiConfiguration.class
})
class ControlPlaneConfiguration {
  @Bean
  KafkaSettings kafkaSettings(KafkaConnection kafka) {
    return kafka.settings();
  }

  @Bean
  WatchConfiguration.Watches watches(WatcherSettings settings) {
    return new WatchConfiguration.Watches(settings.parsedWatches(), settings.upstreams());
  }

  @Bean
  Relay.Limits relayLimits(WatcherSettings settings) {
    return new Relay.Limits(
        settings.requests().mostUnanswered(), settings.requests().resendAfter());
  }

  @Bean
  SyncLinks syncLinks(WatcherSettings settings) {
    return new SyncLinks(settings.site());
  }

  @Bean
  NotifyConfiguration.Notifications notifications(WatcherSettings settings) {
    URI site = URI.create(settings.site().toString().replaceFirst("/+$", ""));
    return new NotifyConfiguration.Notifications(settings.notifications(), site);
  }

  @Bean
  Agents agents(WatcherSettings settings) {
    return Agents.of(settings.agents());
  }

  @Bean
  IntakeConfiguration.Limits intakeLimits(WatcherSettings settings) {
    return new IntakeConfiguration.Limits(settings.signingKey(), settings.wantLists().oldest());
  }

  @Bean
  Retry retry(WatcherSettings settings) {
    return new Retry(
        settings.retry().waits(), settings.retry().giveUpAfter(), RandomGenerator.getDefault());
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
      ConcurrentMessageListenerContainer<String, byte[]> resultContainer,
      ConcurrentMessageListenerContainer<byte[], byte[]> letterContainer) {
    return new TopicsAtStart(
        kafka,
        topics.partitions(),
        topics.replication(),
        () -> {
          startOrStop(resultContainer); // containers may fail: they make their clients at once
          startOrStop(letterContainer);
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
