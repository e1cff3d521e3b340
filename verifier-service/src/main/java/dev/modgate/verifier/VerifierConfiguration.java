package dev.modgate.verifier;

import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.start.BlobFolder;
import dev.modgate.start.KafkaConnection;
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
  Stage<ModuleFetched> verifyStage(
      VerifyWork work, KafkaConnection kafka, VerifierSettings settings) {
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
