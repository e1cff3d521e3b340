package dev.modgate.publisher;

import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.EventSender;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageCommands;
import dev.modgate.pipeline.stage.TopicsAtStart;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.LateFolder;
import dev.modgate.pipeline.store.LateStore;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.publisher.identity.KnownReplica;
import dev.modgate.publisher.identity.KnownZone;
import dev.modgate.publisher.scrub.Upkeep;
import dev.modgate.publisher.sumdb.InnerDatabase;
import dev.modgate.start.BlobFolder;
import dev.modgate.start.HealthPort;
import dev.modgate.start.HealthServer;
import dev.modgate.start.KafkaConnection;
import dev.modgate.start.Meters;
import dev.modgate.start.SecurityEvents;
import dev.modgate.start.StoreHealth;
import dev.modgate.start.SumDbSetting;
import dev.modgate.start.ZoneFolder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublisherConfiguration {
  /// The consumer groups, without the topic prefix.
  static final String GROUP = "publisher";

  static final String NOTES_GROUP = "publisher-notes";

  @Bean
  BlobStore blobStore(BlobFolder folder) {
    return folder.open();
  }

  @Bean
  KnownZone knownZone(ZoneFolder folder, BlobFolder blobs) {
    var zone = new KnownZone(folder.path(), blobs.openDurable());
    if (zone.isFirst()) {
      var _ = folder.open(); // which says what is wrong with one that can't be used
    }
    return zone;
  }

  @Bean
  ObjectStore zoneStore(KnownZone knownZone) {
    return new LateStore(knownZone);
  }

  @Bean
  StoreHealth storeHealth(ZoneFolder folder, ObjectStore zoneStore) {
    return StoreHealth.of(folder, zoneStore);
  }

  @Bean
  PublishWork publishWork(
      BlobStore blobs,
      BlobFolder folder,
      ObjectStore zoneStore,
      SumDbSetting sumdb,
      PublisherSettings settings) {
    Optional<InnerDatabase> inside =
        switch (sumdb.parsed()) {
          case GoSumDb.Off _ -> Optional.empty();
          case GoSumDb.Database database ->
              Optional.of(new InnerDatabase(database.key(), folder.openDurable(), zoneStore));
        };
    return new PublishWork(blobs, zoneStore, inside, settings.pinned(), InstantSource.system());
  }

  @Bean
  SecurityEvents<ModuleVerified> securityEvents(PublishWork work) {
    return new SecurityEvents<>(work, "publish", Meters.registry());
  }

  @Bean
  EventSender eventSender(KafkaConnection kafka) {
    return new EventSender(kafka.settings());
  }

  @Bean
  Upkeep upkeep(
      BlobStore blobs,
      BlobFolder folder,
      KnownZone knownZone,
      SumDbSetting sumdb,
      SecurityEvents<ModuleVerified> work,
      PublisherSettings settings,
      EventSender sender) {
    Map<String, ObjectStore> replicas = new TreeMap<>();
    settings
        .replicas()
        .forEach((name, path) -> {
          var replica = new LateFolder(path, Durability.FSYNC);
          replicas.put(name, new LateStore(new KnownReplica(name, replica, knownZone)));
        });
    Optional<Upkeep.Database> inside =
        switch (sumdb.parsed()) {
          case GoSumDb.Off _ -> Optional.empty();
          case GoSumDb.Database database ->
              Optional.of(new Upkeep.Database(database.key(), folder.openDurable()));
        };
    return new Upkeep(
        new Upkeep.Stores(blobs, new LateStore(knownZone), replicas, inside),
        new Upkeep.Rhythm(settings.scrub().every(), settings.scrub().bytesPerSecond().toBytes()),
        work,
        settings.pinned(),
        settings.stage().instance(),
        sender);
  }

  @Bean
  StageCommands stageCommands(KafkaConnection kafka, Upkeep upkeep) {
    return new StageCommands(kafka.settings(), StageName.PUBLISH, upkeep::command);
  }

  @Bean
  Stage<ModuleVerified> publishStage(
      SecurityEvents<ModuleVerified> work,
      Upkeep upkeep,
      KafkaConnection kafka,
      PublisherSettings settings,
      StoreHealth stores) {
    return new Stage<>(
        StageName.PUBLISH,
        kafka.topicPrefix() + GROUP,
        ModuleVerified.class,
        upkeep.telling(work),
        kafka.settings(),
        settings.stage(),
        stores.beside(upkeep::statuses));
  }

  @Bean
  Stage<ModuleRejected> refusalStage(
      ObjectStore zoneStore, KafkaConnection kafka, PublisherSettings settings) {
    return new Stage<>(
        StageName.PUBLISH,
        kafka.topicPrefix() + NOTES_GROUP,
        ModuleRejected.class,
        new RefusalWork(zoneStore),
        kafka.settings(),
        settings.stage(),
        List::of);
  }

  @Bean
  HealthServer healthServer(
      HealthPort health, Stage<ModuleVerified> publishStage, Stage<ModuleRejected> refusalStage) {
    return health.open(List.of(publishStage, refusalStage));
  }

  @Bean(initMethod = "start")
  TopicsAtStart topicsAtStart(
      KafkaConnection kafka,
      Stage<ModuleVerified> publishStage,
      Stage<ModuleRejected> refusalStage,
      Upkeep upkeep,
      StageCommands commands) {
    return new TopicsAtStart(
        kafka.settings(),
        kafka.partitions(),
        kafka.replication(),
        () -> {
          publishStage.start();
          refusalStage.start();
          commands.start();
          upkeep.start();
        });
  }
}
