package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.verdict.VerdictNote;
import dev.modgate.pipeline.zone.StoredEvidence;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who can write to the topic and to the blob store, but has no verifier's key.
final class ForgedRecordTest {
  private static final SyntheticModule GOOD = SyntheticModule.of("example.com/left@v1.2.3");
  private static final SyntheticModule EVIL =
      SyntheticModule.of("example.com/left@v1.2.4").withFile("lib.go", "package lib // evil\n");

  @TempDir Path folder;

  @Test
  void writingToTheTopicPublishesNothing() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(GOOD);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      site.project("p", "module example.com/p\n", GOOD.goSum(), "package main\n");
      assertThat(site.sync("p").exitCode()).isZero();
      Evidence evidence = evidence(site);
      var stranger = SigningKey.generate("modgate-verifier", new SecureRandom());

      send(site, "unsigned", evidence);
      send(site, "stranger", VerdictNote.sign(EVIL.module(), Want.ZIP, evidence, stranger));
      send(site, "borrowed", evidence.withVerdict(verdictOfTheGoodOne(site)));

      assertThat(rejected(site, 3))
          .allSatisfy(event -> {
            assertThat(event.module()).isEqualTo(EVIL.module());
            assertThat(event.reason()).isEqualTo(RejectReason.BAD_SIGNATURE);
          })
          .extracting(event -> event.request().id())
          .containsExactlyInAnyOrder("unsigned", "stranger", "borrowed");
      try (var files = java.nio.file.Files.walk(site.inner())) {
        assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("v1.2.4"));
      }
      var verify = site.modgate("verify", "example.com/left@v1.2.3");
      assertThat(verify.exitCode()).as(verify.output()).isZero();
    }
  }

  private static Evidence evidence(Site site) throws Exception {
    var blobs =
        new BlobStore(new FileObjectStore(site.data().resolve("outer"), Durability.RELAXED));
    return new Evidence(
        new Fetch("https://evil.example", Instant.now()),
        new Files(blob(blobs, EVIL.info()), blob(blobs, EVIL.mod()), blob(blobs, EVIL.zip())),
        EVIL.zipHash(),
        EVIL.goModHash(),
        List.of(),
        List.of("all is well"),
        0,
        Instant.now());
  }

  private static BlobRef blob(BlobStore blobs, byte[] bytes) throws Exception {
    try (var writer = blobs.newWriter()) {
      writer.write(bytes, 0, bytes.length);
      return writer.keep();
    }
  }

  private static String verdictOfTheGoodOne(Site site) throws Exception {
    Path kept = site.inner().resolve("_modgate/evidence/example.com/left/@v/v1.2.3.zip.json");
    byte[] json = java.nio.file.Files.readAllBytes(kept);
    return String.valueOf(StoredEvidence.read(json).evidence().verdict());
  }

  private static void send(Site site, String id, Evidence evidence) throws Exception {
    var event = new ModuleVerified(new RequestId(id, 1), EVIL.module(), Want.ZIP, evidence);
    Map<String, Object> settings = Map.of("bootstrap.servers", site.run().broker());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topic.MODULE_VERIFIED.name(Topic.DEFAULT_PREFIX),
                  EVIL.module().path().value().getBytes(StandardCharsets.UTF_8),
                  EventJson.write(event)))
          .get();
    }
  }

  private static List<ModuleRejected> rejected(Site site, int count) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", site.run().broker(),
            "group.id", "test",
            "auto.offset.reset", "earliest");
    var events = new ArrayList<ModuleRejected>();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topic.MODULE_REJECTED.name(Topic.DEFAULT_PREFIX)));
      Instant limit = Instant.now().plus(Site.LIMIT);
      while (events.size() < count) {
        assertThat(Instant.now()).as("%s", events).isBefore(limit);
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          events.add(EventJson.read(ModuleRejected.class, record.value()));
        }
      }
    }
    return events;
  }
}
