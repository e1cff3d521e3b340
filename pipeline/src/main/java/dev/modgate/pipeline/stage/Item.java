package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One record in flight.
final class Item<E extends ModuleEvent> {
  /// How the work on an item ended.
  enum Outcome {
    DONE,
    DEFERRED,
    DEAD_LETTERED,
    /// Not done, nothing sent: to be done again by whoever gets the partition.
    CANCELLED
  }

  final ConsumerRecord<byte[], byte[]> record;
  final Content<E> content;
  final OffsetTracker tracker;
  final long weight;
  private final int breaks;
  final Instant taken = SteadyClock.now();
  private volatile boolean cancelled;
  private volatile @Nullable Thread thread;

  /// What a record holds.
  sealed interface Content<E extends ModuleEvent> {
    record Event<E extends ModuleEvent>(E event) implements Content<E> {}

    record Unreadable<E extends ModuleEvent>(UnreadableEventException cause)
        implements Content<E> {}
  }

  Item(
      ConsumerRecord<byte[], byte[]> record,
      Content<E> content,
      OffsetTracker tracker,
      long weight) {
    this(record, content, tracker, weight, 0);
  }

  private Item(
      ConsumerRecord<byte[], byte[]> record,
      Content<E> content,
      OffsetTracker tracker,
      long weight,
      int breaks) {
    this.record = record;
    this.content = content;
    this.tracker = tracker;
    this.weight = weight;
    this.breaks = breaks;
  }

  /// The same record, to be worked on anew after its work broke.
  Item<E> again() {
    return new Item<>(record, content, tracker, weight, breaks + 1);
  }

  /// Waits where the work broke before.
  void awaitTurn() throws InterruptedException {
    if (breaks > 0) {
      Thread.sleep(BackOff.after(breaks));
    }
  }

  TopicPartition partition() {
    return new TopicPartition(record.topic(), record.partition());
  }

  void start(Thread worker) {
    thread = worker;
    worker.start();
  }

  /// From now on nothing is sent for this item.
  void cancel() {
    cancelled = true;
    Thread worker = thread;
    if (worker != null) {
      worker.interrupt();
    }
  }

  boolean isCancelled() {
    return cancelled;
  }

  @Override
  public String toString() {
    return partition() + "@" + record.offset();
  }
}
