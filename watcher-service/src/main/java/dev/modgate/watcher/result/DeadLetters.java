package dev.modgate.watcher.result;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.stage.DeadLetter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where results go that can't be read or break the code: in the form of [DeadLetter], but whole,
/// up to [EventJson#MAX_BYTES], so that each can be replayed.
final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final String TRACE_PARENT = "traceparent";

  private final Supplier<Producer<String, byte[]>> producers;
  private final String topicPrefix;

  DeadLetters(Supplier<Producer<String, byte[]>> producers, String topicPrefix) {
    this.producers = producers;
    this.topicPrefix = topicPrefix;
  }

  /// Returns when the broker has them.
  ///
  /// @throws IllegalStateException when it did not take one
  void send(List<Poll.Dead> dead) {
    if (dead.isEmpty()) {
      return;
    }
    Producer<String, byte[]> producer = producers.get();
    var sent = new ArrayList<Future<RecordMetadata>>(dead.size());
    for (Poll.Dead one : dead) {
      LOG.error("dead letter: {}: {}", origin(one), one.cause().toString());
      sent.add(producer.send(letter(one)));
    }
    producer.flush();
    for (int i = 0; i < sent.size(); i++) {
      await(sent.get(i), dead.get(i));
    }
  }

  private static void await(Future<RecordMetadata> sent, Poll.Dead one) {
    try {
      sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("dead letter of " + origin(one) + " was not taken", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private ProducerRecord<String, byte[]> letter(Poll.Dead dead) {
    ConsumerRecord<String, byte[]> from = dead.from();
    byte[] value = from.value() == null ? new byte[0] : from.value();
    var headers =
        new ArrayList<Header>(
            List.of(
                text(DeadLetter.CAUSE, cut(dead.cause().toString(), DeadLetter.MAX_CAUSE)),
                text(DeadLetter.STACK, cut(stackOf(dead.cause()), DeadLetter.MAX_STACK)),
                text(DeadLetter.ORIGIN_TOPIC, from.topic()),
                text(DeadLetter.ORIGIN_PARTITION, String.valueOf(from.partition())),
                text(DeadLetter.ORIGIN_OFFSET, String.valueOf(from.offset())),
                text(DeadLetter.VALUE_SIZE, String.valueOf(value.length)),
                text(DeadLetter.GROUP, topicPrefix + ResultListener.GROUP)));
    DeadLetter.retryOf(from.headers()).ifPresent(headers::add);
    Header trace = from.headers().lastHeader(TRACE_PARENT);
    if (trace != null) {
      headers.add(trace);
    }
    return new ProducerRecord<>(
        Poll.topic(from, topicPrefix).deadLetterName(topicPrefix),
        null,
        null,
        from.key(),
        value.length <= EventJson.MAX_BYTES ? value : Arrays.copyOf(value, EventJson.MAX_BYTES),
        headers);
  }

  private static String origin(Poll.Dead one) {
    ConsumerRecord<?, ?> from = one.from();
    return from.topic() + "-" + from.partition() + "@" + from.offset();
  }

  private static String stackOf(Throwable cause) {
    var out = new StringWriter();
    cause.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max - 1) + "…";
  }

  private static Header text(String key, String value) {
    return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
  }
}
