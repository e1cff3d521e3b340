package dev.modgate.fetcher;

import dev.modgate.fetcher.chain.UpstreamChain;
import dev.modgate.fetcher.collect.BlobCollection;
import dev.modgate.fetcher.collect.CollectTimer;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageCommands;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.start.BlobFolder;
import dev.modgate.start.HealthPort;
import dev.modgate.start.HealthServer;
import dev.modgate.start.KafkaConnection;
import dev.modgate.start.StoreHealth;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FetcherConfiguration {
  static final String GROUP = "fetcher";

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  BlobStore blobStore(BlobFolder folder) {
    return folder.open();
  }

  @Bean(initMethod = "start")
  CollectTimer collectTimer(BlobStore blobs, BlobFolder folder, Clock clock) {
    var bounds = new BlobCollection.Bounds(folder.maxAge(), folder.maxSize().toBytes());
    return new CollectTimer(new BlobCollection(blobs, bounds, clock));
  }

  @Bean
  StoreHealth storeHealth(BlobFolder folder, BlobStore blobs) {
    return StoreHealth.of(folder, blobs);
  }

  @Bean
  UpstreamChain upstreamChain(FetcherSettings settings, BlobStore blobs, Clock clock) {
    return new UpstreamChain(
        settings.chain(),
        settings.policy("modgate/" + version()),
        settings.groupsOfEquals(),
        blobs,
        clock);
  }

  @Bean(initMethod = "start")
  UpstreamProbes upstreamProbes(FetcherSettings settings, UpstreamChain chain) {
    return new UpstreamProbes(chain, settings.probe().latestEvery());
  }

  @Bean
  UpstreamHealth upstreamHealth(FetcherSettings settings, UpstreamChain chain, Clock clock) {
    return new UpstreamHealth(settings.entries(), chain, clock);
  }

  @Bean
  Stage<ModuleRequested> stage(
      FetcherSettings settings,
      KafkaConnection kafka,
      BlobFolder folder,
      UpstreamChain chain,
      UpstreamHealth health,
      StoreHealth stores,
      Clock clock) {
    return new Stage<>(
        StageName.FETCH,
        kafka.topicPrefix() + GROUP,
        ModuleRequested.class,
        new FetchWork(chain, "blob store \"" + folder.path() + "\"", clock),
        kafka.settings(),
        settings.stage(),
        stores.beside(health::statuses));
  }

  @Bean
  StageCommands stageCommands(KafkaConnection kafka, UpstreamProbes probes) {
    return new StageCommands(kafka.settings(), StageName.FETCH, probes::command);
  }

  @Bean
  HealthServer healthServer(HealthPort health, Stage<ModuleRequested> stage) {
    return health.open(List.of(stage));
  }

  @Bean(initMethod = "start")
  TopicsAtStart topicsAtStart(
      KafkaConnection kafka, Stage<ModuleRequested> stage, StageCommands commands) {
    return new TopicsAtStart(
        kafka.settings(),
        kafka.partitions(),
        kafka.replication(),
        () -> {
          stage.start();
          commands.start();
        });
  }

  private static String version() {
    return Optional.ofNullable(FetcherConfiguration.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }
}
