package dev.modgate.verifier;

import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.start.BlobFolder;
import dev.modgate.start.KafkaConnection;
import dev.modgate.start.Meters;
import dev.modgate.start.SecurityEvents;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class VerifierConfiguration {
  /// The consumer group, without the topic prefix.
  static final String GROUP = "verifier";

  @Bean
  BlobStore blobStore(BlobFolder folder) {
    return folder.open();
  }

  @Bean
  VerifyWork verifyWork(BlobStore blobs, BlobFolder folder) {
    return new VerifyWork(blobs, "blob store \"" + folder.path() + "\"", InstantSource.system());
  }

  @Bean
  SecurityEvents<ModuleFetched> securityEvents(VerifyWork work) {
    return new SecurityEvents<>(work, "verify", Meters.registry());
  }

  @Bean
  Stage<ModuleFetched> verifyStage(
      SecurityEvents<ModuleFetched> work, KafkaConnection kafka, VerifierSettings settings) {
    return new Stage<>(
        StageName.VERIFY,
        kafka.topicPrefix() + GROUP,
        ModuleFetched.class,
        work,
        kafka.settings(),
        settings.stage(),
        List::of);
  }

  @Bean(initMethod = "start")
  TopicsAtStart topicsAtStart(KafkaConnection kafka, Stage<ModuleFetched> verifyStage) {
    return new TopicsAtStart(
        kafka.settings(), kafka.partitions(), kafka.replication(), verifyStage::start);
  }
}
