package dev.modgate.verifier;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.start.BlobFolder;
import dev.modgate.start.HealthPort;
import dev.modgate.start.HealthServer;
import dev.modgate.start.KafkaConnection;
import dev.modgate.start.Meters;
import dev.modgate.start.SecurityEvents;
import dev.modgate.start.StoreHealth;
import dev.modgate.start.SumDbSetting;
import dev.modgate.verifier.sumdb.AskedDatabase;
import dev.modgate.verifier.sumdb.ChecksumDatabase;
import dev.modgate.verifier.sumdb.NoDatabase;
import dev.modgate.verifier.sumdb.RemoteDatabase;
import dev.modgate.verifier.sumdb.TrustStore;
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
  StoreHealth storeHealth(BlobFolder folder, BlobStore blobs) {
    return StoreHealth.of(folder, blobs);
  }

  @Bean
  ChecksumDatabase checksumDatabase(
      SumDbSetting sumdb, VerifierSettings settings, BlobFolder folder) {
    InstantSource clock = InstantSource.system();
    return switch (sumdb.parsed()) {
      case GoSumDb.Off _ -> new NoDatabase(clock);
      case GoSumDb.Database database ->
          new AskedDatabase(
              database.key(),
              settings.notAsked(),
              TrustStore.open(folder.openDurable(), database.key(), settings.sumdbInit()),
              new RemoteDatabase(
                  database, settings.proxies(), settings.sumdbTimeout(), settings.reach()),
              clock);
    };
  }

  @Bean
  SigningKey signingKey(VerifierSettings settings) {
    return settings.key();
  }

  @Bean
  VerifyWork verifyWork(
      BlobStore blobs, BlobFolder folder, ChecksumDatabase database, SigningKey key) {
    return new VerifyWork(
        blobs, "blob store \"" + folder.path() + "\"", database, key, InstantSource.system());
  }

  @Bean
  SecurityEvents<ModuleFetched> securityEvents(VerifyWork work) {
    return new SecurityEvents<>(work, "verify", Meters.registry());
  }

  @Bean
  Stage<ModuleFetched> verifyStage(
      SecurityEvents<ModuleFetched> work,
      KafkaConnection kafka,
      VerifierSettings settings,
      ChecksumDatabase database,
      StoreHealth stores) {
    return new Stage<>(
        StageName.VERIFY,
        kafka.topicPrefix() + GROUP,
        ModuleFetched.class,
        work,
        kafka.settings(),
        settings.stage(),
        stores.beside(database::statuses));
  }

  @Bean
  HealthServer healthServer(HealthPort health, Stage<ModuleFetched> verifyStage) {
    return health.open(List.of(verifyStage));
  }

  @Bean(initMethod = "start")
  TopicsAtStart topicsAtStart(KafkaConnection kafka, Stage<ModuleFetched> verifyStage) {
    return new TopicsAtStart(
        kafka.settings(), kafka.partitions(), kafka.replication(), verifyStage::start);
  }
}
