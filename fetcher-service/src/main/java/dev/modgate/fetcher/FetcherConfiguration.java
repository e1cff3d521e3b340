package dev.modgate.fetcher;

import dev.modgate.fetcher.collect.BlobCollection;
import dev.modgate.fetcher.collect.CollectTimer;
import dev.modgate.fetcher.upstream.UpstreamChain;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.start.BlobFolder;
import dev.modgate.start.HealthPort;
import dev.modgate.start.HealthServer;
import dev.modgate.start.KafkaConnection;
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
  UpstreamChain upstreamChain(FetcherSettings settings, BlobStore blobs, Clock clock) {
    List<ProxyList.Upstream> upstreams =
        settings.entries().stream()
            .filter(ProxyList.Upstream.class::isInstance)
            .map(ProxyList.Upstream.class::cast)
            .toList();
    return new UpstreamChain(
        upstreams, blobs, settings.http("modgate/" + version()), settings.resilience(), clock);
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
      Clock clock) {
    return new Stage<>(
        StageName.FETCH,
        kafka.topicPrefix() + GROUP,
        ModuleRequested.class,
        new FetchWork(chain, "blob store \"" + folder.path() + "\"", clock),
        kafka.settings(),
        settings.stage(),
        health::statuses);
  }

  @Bean
  HealthServer healthServer(HealthPort health, Stage<ModuleRequested> stage) {
    return health.open(List.of(stage));
  }

  @Bean(initMethod = "start")
  TopicsAtStart topicsAtStart(KafkaConnection kafka, Stage<ModuleRequested> stage) {
    return new TopicsAtStart(
        kafka.settings(), kafka.partitions(), kafka.replication(), stage::start);
  }

  private static String version() {
    return Optional.ofNullable(FetcherConfiguration.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }
}
