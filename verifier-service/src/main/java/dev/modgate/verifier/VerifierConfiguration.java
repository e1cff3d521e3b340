package dev.modgate.verifier;

import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageStart;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  VerifierSettings.class,
  KafkaConnectionSettings.class,
  BlobStoreSettings.class
})
class VerifierConfiguration {
  /// The consumer group, without the topic prefix.
  static final String GROUP = "verifier";

  @Bean
  BlobStore blobStore(BlobStoreSettings settings) throws IOException {
    return new BlobStore(new FileObjectStore(settings.path(), Durability.RELAXED));
  }

  @Bean
  VerifyWork verifyWork(BlobStore blobs, BlobStoreSettings settings) {
    return new VerifyWork(blobs, "blob store \"" + settings.path() + "\"", InstantSource.system());
  }

  @Bean(destroyMethod = "") // StageStart closes it
  Stage<ModuleFetched> verifyStage(
      VerifyWork work, KafkaConnectionSettings kafka, VerifierSettings settings) {
    return new Stage<>(
        StageName.VERIFY,
        kafka.topicPrefix() + GROUP,
        ModuleFetched.class,
        work,
        kafka.toKafka(),
        settings.toStage(),
        List::of);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  StageStart stageStart(KafkaConnectionSettings kafka, Stage<ModuleFetched> verifyStage) {
    return new StageStart(
        kafka.toKafka(), kafka.partitions(), kafka.replication(), List.of(verifyStage));
  }
}
