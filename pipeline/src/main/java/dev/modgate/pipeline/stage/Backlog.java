package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.UnknownEventVersionException;
import dev.modgate.pipeline.event.UnreadableEventException;
import dev.modgate.pipeline.stage.Item.Content;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Records that were polled and wait for room in the window. Bounded, because what has records here
/// is not polled. For one thread.
final class Backlog<E extends ModuleEvent> {
  private final StageDuty<E> duty;
  private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
  private StageStatus.@Nullable Pause upgrade;
  private boolean blocked;

  Backlog(StageDuty<E> duty) {
    this.duty = duty;
  }

  void add(ConsumerRecord<byte[], byte[]> record) {
    records.addLast(record);
  }

  /// Hands out what fits, oldest first; a partition whose span is full stands back for the others.
  void startWhatFits(Window window, Commits commits, Consumer<Item<E>> start) {
    blocked = false;
    StageStatus.Pause before = upgrade;
    upgrade = null;
    for (Iterator<ConsumerRecord<byte[], byte[]>> i = records.iterator(); i.hasNext(); ) {
      ConsumerRecord<byte[], byte[]> record = i.next();
      Optional<OffsetTracker> owned = commits.trackerFor(partitionOf(record), record.offset());
      if (owned.isEmpty()) {
        i.remove(); // was taken away
        continue;
      }
      OffsetTracker tracker = owned.get();
      if (tracker.isFull()) {
        continue;
      }
      Optional<Item<E>> item = read(record, tracker, before);
      if (item.isEmpty() || !window.admits(item.get().weight)) {
        blocked = true;
        return;
      }
      i.remove();
      tracker.taken(record.offset());
      window.enter(item.get().weight);
      start.accept(item.get());
    }
  }

  /// Whether there are records that could not start for want of room.
  boolean isBlocked() {
    return blocked;
  }

  /// Why nothing starts until this code is upgraded, where that is so.
  Optional<StageStatus.Pause> upgradeNeeded() {
    return Optional.ofNullable(upgrade);
  }

  Set<TopicPartition> partitions() {
    var held = new HashSet<TopicPartition>();
    records.forEach(record -> held.add(partitionOf(record)));
    return held;
  }

  void drop(Collection<TopicPartition> partitions) {
    records.removeIf(record -> partitions.contains(partitionOf(record)));
  }

  void clear() {
    records.clear();
    blocked = false;
    upgrade = null;
  }

  /// Empty where newer code wrote the record.
  private Optional<Item<E>> read(
      ConsumerRecord<byte[], byte[]> record,
      OffsetTracker tracker,
      StageStatus.@Nullable Pause before) {
    try {
      byte[] value = record.value();
      if (value == null) {
        throw new UnreadableEventException("record has no value");
      }
      E event = EventJson.read(duty.type(), value);
      return Optional.of(new Item<>(record, new Content.Event<>(event), tracker, weightOf(event)));
    } catch (UnreadableEventException e) {
      return Optional.of(new Item<>(record, new Content.Unreadable<>(e), tracker, 0));
    } catch (UnknownEventVersionException e) {
      String reason = partitionOf(record) + "@" + record.offset() + ": " + e.getMessage();
      Instant since =
          before != null && before.reason().equals(reason) ? before.since() : SteadyClock.now();
      upgrade = new StageStatus.Pause(reason, since, null);
      return Optional.empty();
    }
  }

  private long weightOf(E event) {
    try {
      return Math.max(0, duty.work().weight(event));
    } catch (RuntimeException e) {
      return 0; // the work itself will show the bug
    }
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
