package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.Want;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/// The loop on Kafka's own fakes, for what a broker does not do on request.
class StageLoopTest {
  private static final KafkaSettings KAFKA = KafkaSettings.of("nowhere:1");
  private static final TopicPartition PARTITION =
      new TopicPartition(KAFKA.topic(Topic.MODULE_REQUESTED), 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final StageHealth health = new StageHealth();

  @Test
  void doesAgainWhatFollowsWhereTheOffsetsOfALogStepBack() throws Exception {
    StageLoop<ModuleRequested> loop = loop();
    consumer.rebalance(List.of(PARTITION));
    loop.onPartitionsAssigned(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    add(5, 6);
    await(loop, 7);

    consumer.seek(PARTITION, 2); // the log was cut off there
    add(2, 3);

    await(loop, 4);
    assertThat(producer.history()).hasSize(4);
  }

  @Test
  void abandonsNothingThatStillRuns() throws Exception {
    var began = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    StageLoop<ModuleRequested> loop =
        loop(event -> {
          began.countDown();
          try {
            Thread.sleep(Duration.ofMinutes(5));
          } finally {
            Thread.sleep(200); // takes no hint
            ended.set(true);
          }
          return OnBroker.answer(event);
        });
    consumer.rebalance(List.of(PARTITION));
    loop.onPartitionsAssigned(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    add(5);
    while (began.getCount() > 0) {
      loop.turn();
    }

    loop.abandon();

    assertThat(ended).isTrue();
    assertThat(producer.history()).isEmpty();
  }

  private StageLoop<ModuleRequested> loop() {
    return loop(OnBroker::answer);
  }

  private StageLoop<ModuleRequested> loop(OnBroker.Step step) {
    var duty =
        new StageDuty<>(
            StageName.FETCH,
            "fetcher",
            ModuleRequested.class,
            OnBroker.work(step),
            KAFKA,
            StageSettings.defaults());
    var gate = new PauseGate("fetcher");
    var broker = new BrokerWatch("fetcher", "nowhere:1", Duration.ofSeconds(5));
    var sender = new ResultSender(producer, KAFKA, gate);
    return new StageLoop<>(duty, consumer, sender, gate, broker, health);
  }

  private void add(long... offsets) {
    for (long offset : offsets) {
      var module = ModuleVersion.parse("example.com/m" + offset + "@v1.0.0");
      byte[] event =
          EventJson.write(
              new ModuleRequested(new RequestId("r", 1), module, Want.ZIP, List.of(), 0));
      consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], event));
    }
  }

  /// Turns until the offset is committed.
  private void await(StageLoop<?> loop, long offset) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    OffsetAndMetadata committed = null;
    while (committed == null || committed.offset() != offset) {
      assertThat(Instant.now()).as("committed is %s", committed).isBefore(end);
      loop.turn();
      committed = consumer.committed(java.util.Set.of(PARTITION)).get(PARTITION);
    }
  }
}
