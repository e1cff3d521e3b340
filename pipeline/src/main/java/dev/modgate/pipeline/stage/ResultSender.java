package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/// Sends what came of an item, and waits until the brokers have it. While they do not take it, the
/// stage pauses: results are never dropped. A record that is too large for them is no pause, which
/// would never end, but an error of its item.
final class ResultSender {
  private static final Duration NEXT_TRY = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final KafkaSettings kafka;
  private final PauseGate gate;

  ResultSender(Producer<byte[], byte[]> producer, KafkaSettings kafka, PauseGate gate) {
    this.producer = producer;
    this.kafka = kafka;
    this.gate = gate;
  }

  /// @throws IllegalStateException when an event is too large: a bug of who made it
  List<ProducerRecord<byte[], byte[]>> encode(List<ModuleEvent> events, String traceParent) {
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (ModuleEvent event : events) {
      var record =
          new ProducerRecord<>(
              kafka.topic(Topic.of(event)),
              event.module().path().value().getBytes(StandardCharsets.UTF_8),
              EventJson.write(event));
      record
          .headers()
          .add(
              new RecordHeader(
                  TraceParent.HEADER, traceParent.getBytes(StandardCharsets.US_ASCII)));
      records.add(record);
    }
    return records;
  }

  /// Returns when all brokers that must have the records have them.
  ///
  /// @throws InterruptedException when the item was cancelled; some may have been sent
  /// @throws TooLargeForKafkaException when a record will never be taken; some may have been sent
  void send(Item<?> item, List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException {
    while (true) {
      if (item.isCancelled()) {
        throw new InterruptedException("cancelled");
      }
      try {
        trySend(records);
        gate.worked();
        return;
      } catch (InterruptException e) {
        throw new InterruptedException("cancelled");
      } catch (KafkaException e) {
        gate.awaitAfter(
            "kafka at \"" + kafka.bootstrapServers() + "\" takes no results: " + e.getMessage(),
            NEXT_TRY);
      }
    }
  }

  private void trySend(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
    var pending = new ArrayList<Future<RecordMetadata>>();
    for (var record : records) {
      pending.add(producer.send(record));
    }
    for (int i = 0; i < pending.size(); i++) {
      try {
        pending.get(i).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RecordTooLargeException tooLarge) {
          var record = records.get(i);
          throw new TooLargeForKafkaException(record.topic(), size(record), tooLarge);
        }
        throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e);
      }
    }
  }

  /// Of key, value and headers; Kafka adds some bytes of its own.
  private static int size(ProducerRecord<byte[], byte[]> record) {
    int size = length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      size += header.key().length() + length(header.value());
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
