package dev.modgate.publisher;

import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageStart;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  PublisherSettings.class,
  KafkaConnectionSettings.class,
  BlobStoreSettings.class,
  ZoneStoreSettings.class
})
class PublisherConfiguration {
  /// The consumer groups, without the topic prefix.
  static final String GROUP = "publisher";

  static final String NOTES_GROUP = "publisher-notes";

  @Bean
  BlobStore blobStore(BlobStoreSettings settings) throws IOException {
    return new BlobStore(new FileObjectStore(settings.path(), Durability.RELAXED));
  }

  @Bean
  ObjectStore zoneStore(ZoneStoreSettings settings) throws IOException {
    return new FileObjectStore(settings.path(), Durability.FSYNC);
  }

  @Bean
  PublishWork publishWork(BlobStore blobs, ObjectStore zoneStore) {
    return new PublishWork(blobs, zoneStore, InstantSource.system());
  }

  @Bean(destroyMethod = "") // StageStart closes it
  Stage<ModuleVerified> publishStage(
      PublishWork work, KafkaConnectionSettings kafka, PublisherSettings settings) {
    return new Stage<>(
        StageName.PUBLISH,
        kafka.topicPrefix() + GROUP,
        ModuleVerified.class,
        work,
        kafka.toKafka(),
        settings.toStage(),
        List::of);
  }

  @Bean(destroyMethod = "") // StageStart closes it
  Stage<ModuleRejected> refusalStage(
      ObjectStore zoneStore, KafkaConnectionSettings kafka, PublisherSettings settings) {
    return new Stage<>(
        StageName.PUBLISH,
        kafka.topicPrefix() + NOTES_GROUP,
        ModuleRejected.class,
        new RefusalWork(zoneStore),
        kafka.toKafka(),
        settings.toStage(),
        List::of);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  StageStart stageStart(
      KafkaConnectionSettings kafka,
      Stage<ModuleVerified> publishStage,
      Stage<ModuleRejected> refusalStage) {
    return new StageStart(
        kafka.toKafka(),
        kafka.partitions(),
        kafka.replication(),
        List.of(publishStage, refusalStage));
  }
}
