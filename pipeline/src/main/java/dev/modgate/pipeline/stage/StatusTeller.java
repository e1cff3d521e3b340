package dev.modgate.pipeline.stage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the status topic how a stage is, by whatever producer it has just now. For the stage's
/// poll thread.
final class StatusTeller {
  private static final Logger log = LoggerFactory.getLogger(StatusTeller.class);
  private static final Duration LAST_WORD = Duration.ofSeconds(5);

  private final StageDuty<?> duty;
  private final Supplier<StageStatus> status;
  private final BrokerWatch broker;
  private Instant next = Instant.MIN;
  private @Nullable Thread telling;

  /// @param broker hears what becomes of the statuses
  StatusTeller(StageDuty<?> duty, Supplier<StageStatus> status, BrokerWatch broker) {
    this.duty = duty;
    this.status = status;
    this.broker = broker;
  }

  /// As often as it is set, and at once where something changed.
  void sometimes(Producer<byte[], byte[]> producer, boolean changed) {
    Instant now = SteadyClock.now();
    Thread before = telling;
    if (!changed && now.isBefore(next)) {
      return;
    }
    if (before != null && before.isAlive()) {
      next = now; // as soon as it is through
      return;
    }
    next = now.plus(duty.settings().statusEvery());
    ProducerRecord<byte[], byte[]> said = said(status.get().write());
    // On its own thread: sending waits where no broker answers, and polling must not.
    telling =
        Thread.ofVirtual()
            .name("status of " + duty.groupId())
            .uncaughtExceptionHandler(Fatal::uncaught)
            .start(() -> send(producer, said));
  }

  /// Once, after whatever is being told.
  void afterAll(Producer<byte[], byte[]> producer) throws InterruptedException {
    Thread before = telling;
    if (before != null) {
      before.join(LAST_WORD); // else it would have the last word
    }
    send(producer, said(status.get().write()));
  }

  /// The stage ended; where nobody comes back under its name, nothing is left of it.
  void last(Producer<byte[], byte[]> producer) throws InterruptedException {
    afterAll(producer);
    if (duty.settings().instanceId() == null) {
      send(producer, said(null));
    }
  }

  private ProducerRecord<byte[], byte[]> said(byte @Nullable [] value) {
    byte[] key = StageStatus.key(duty.groupId(), duty.instance()).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(duty.kafka().statusTopic(), key, value);
  }

  private void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> said) {
    broker.sending(SteadyClock.now());
    try {
      var _ = producer.send(said, (_, problem) -> broker.answered(problem, SteadyClock.now()));
    } catch (KafkaException | IllegalStateException e) {
      log.debug("status of {} was not taken", duty.groupId(), e);
    }
  }
}
