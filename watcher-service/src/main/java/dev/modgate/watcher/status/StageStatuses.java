package dev.modgate.watcher.status;

import dev.modgate.pipeline.event.UnreadableEventException;
import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.zone.ScrubState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newest status of each stage instance, read from the status topic by a thread of its own.
public final class StageStatuses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StageStatuses.class);

  /// An instance that said nothing for so long is gone.
  public static final Duration SILENT = Duration.ofSeconds(60);

  /// As long as the topic keeps what an instance said last.
  private static final Duration KEPT = Duration.ofHours(1);

  private final KafkaSettings kafka;
  private final Map<String, Heard> byKey = new ConcurrentHashMap<>();
  private final Thread thread =
      Thread.ofPlatform()
          .name("stage-statuses")
          .daemon() // holds nothing that must be written
          .uncaughtExceptionHandler(Fatal::uncaught)
          .unstarted(this::run);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean closed;
  private volatile boolean readOnce;
  private volatile @Nullable ScrubState scrub;
  private volatile @Nullable KafkaConsumer<String, byte[]> reading;

  public StageStatuses(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  public void start() {
    thread.start();
  }

  public Collection<StageStatus> all() {
    return byKey.values().stream().map(Heard::status).toList();
  }

  /// What an instance said last.
  ///
  /// @param at when it was heard, by this clock; for what was said before this process listened,
  ///   when it was said, by the other
  /// @param ahead how far the other clock is ahead of this one; empty where it was not heard live
  public record Heard(StageStatus status, Instant at, Optional<Duration> ahead) {}

  public Collection<Heard> heard() {
    return List.copyOf(byKey.values());
  }

  /// What the scrub said last; empty where it said nothing yet.
  public Optional<ScrubState> scrub() {
    return Optional.ofNullable(scrub);
  }

  /// Whether an instance says that it pauses, or failed; true before the topic was read once.
  public boolean mayPause(Instant now) {
    return !readOnce || anyPauses(all(), now);
  }

  static boolean anyPauses(Collection<StageStatus> statuses, Instant now) {
    Instant oldest = now.minus(SILENT);
    return statuses.stream()
        .anyMatch(status -> !status.pauses().isEmpty() && status.at().isAfter(oldest));
  }

  private void run() {
    while (!closed) {
      try (var consumer =
          new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
        reading = consumer;
        var partition = new TopicPartition(kafka.statusTopic(), 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (!closed) {
          for (var told : consumer.poll(Duration.ofMillis(500))) {
            take(told, told.offset() >= end);
          }
          readOnce |= consumer.position(partition) >= end;
        }
      } catch (WakeupException | InterruptException e) {
        return; // closed
      } catch (KafkaException e) {
        LOG.warn("stage statuses can't be read now: {}", e.toString());
        pause();
      } catch (RuntimeException e) {
        LOG.error("stage statuses can't be read now", e);
        pause();
      }
    }
  }

  private void take(ConsumerRecord<String, byte[]> statusRecord, boolean live) {
    if (ScrubState.STATUS_KEY.equals(statusRecord.key())) {
      takeScrub(statusRecord.value());
      return;
    }
    if (statusRecord.value() == null) {
      byKey.remove(statusRecord.key());
      return;
    }
    try {
      StageStatus told = StageStatus.read(statusRecord.value());
      Instant forgotten = told.at().minus(KEPT);
      byKey
          .values()
          .removeIf(other -> other.status().at().isBefore(forgotten)); // killed: never said goodbye
      Instant now = Instant.now();
      byKey.put(
          statusRecord.key(),
          live
              ? new Heard(told, now, Optional.of(Duration.between(now, told.at())))
              : new Heard(told, told.at(), Optional.empty()));
    } catch (UnreadableEventException e) {
      LOG.debug("skipped a stage status", e);
    }
  }

  private void takeScrub(byte @Nullable [] json) {
    try {
      scrub = json == null ? null : ScrubState.read(json);
    } catch (IOException e) {
      LOG.debug("skipped what the scrub said", e);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("client.id", "modgate-watcher-status");
    settings.put("allow.auto.create.topics", false);
    return settings;
  }

  private void pause() {
    try {
      closed |= closing.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    closing.countDown();
    var consumer = reading;
    if (consumer != null) {
      consumer.wakeup(); // an interrupt would cut its farewell short, loudly
    }
  }
}
