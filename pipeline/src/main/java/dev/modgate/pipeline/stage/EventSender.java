package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Sends what a service has to say beside the work of its stage. For any number of threads. Its
/// client is made at the first use, so a broker that is away stops no start.
public final class EventSender implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final KafkaSettings kafka;
  private @Nullable Producer<byte[], byte[]> producer;

  public EventSender(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /// Returns when all brokers that must have the event have it.
  ///
  /// @throws KafkaException when they have not; trying again is right
  public void send(ModuleEvent event) throws InterruptedException {
    send(
        kafka.topic(Topic.of(event)),
        event.module().path().value().getBytes(StandardCharsets.UTF_8),
        EventJson.write(event));
  }

  /// Sends to the status topic, as [#send] does.
  public void tell(String key, byte[] value) throws InterruptedException {
    send(kafka.statusTopic(), key.getBytes(StandardCharsets.UTF_8), value);
  }

  /// Gives a command to whoever runs its stage, as [#send] does.
  public void command(StageCommand command) throws InterruptedException {
    send(
        kafka.commandTopic(),
        EventJson.wireName(command.stage()).getBytes(StandardCharsets.UTF_8),
        command.write());
  }

  private void send(String topic, byte[] key, byte[] value) throws InterruptedException {
    try {
      var _ = client().send(new ProducerRecord<>(topic, key, value)).get();
    } catch (InterruptException e) {
      throw new InterruptedException("interrupted while sending to " + topic);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e);
    }
  }

  private synchronized Producer<byte[], byte[]> client() {
    Producer<byte[], byte[]> made = producer;
    if (made == null) {
      made =
          new KafkaProducer<>(
              kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
      producer = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(CLOSE_LIMIT);
    }
  }
}
