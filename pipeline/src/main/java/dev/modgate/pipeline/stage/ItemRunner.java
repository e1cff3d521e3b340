package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.stage.Item.Content;
import dev.modgate.pipeline.stage.Item.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The work on one item, from the event to the acknowledged results: tries, back-off, pauses, dead
/// letters. Runs on the item's own thread.
final class ItemRunner<E extends ModuleEvent> {
  private static final Logger log = LoggerFactory.getLogger(ItemRunner.class);
  private static final int MAX_SENTENCE = 1_000;

  private final StageDuty<E> duty;
  private final ResultSender sender;
  private final PauseGate gate;

  ItemRunner(StageDuty<E> duty, ResultSender sender, PauseGate gate) {
    this.duty = duty;
    this.sender = sender;
    this.gate = gate;
  }

  Outcome run(Item<E> item) {
    try {
      return switch (item.content) {
        case Content.Event<E>(E event) -> work(item, event);
        case Content.Unreadable<E>(var cause) -> deadLetter(item, cause, Optional.empty());
      };
    } catch (InterruptedException e) {
      return Outcome.CANCELLED;
    } finally {
      gate.gaveUp();
    }
  }

  private Outcome work(Item<E> item, E event) throws InterruptedException {
    try {
      return tryInPlace(item, event);
    } catch (RuntimeException | Error bug) {
      if (Fatal.concerns(bug)) {
        Fatal.halt(duty.name() + " " + item, bug);
      }
      if (item.isCancelled()) { // an interrupt may show as anything
        throw new InterruptedException("cancelled");
      }
      gate.worked();
      return deadLetter(item, bug, Optional.of(event));
    }
  }

  private Outcome tryInPlace(Item<E> item, E event) throws InterruptedException {
    Instant began = SteadyClock.now();
    int tries = 0;
    while (true) {
      try {
        tries++;
        List<ModuleEvent> results = duty.work().process(event);
        gate.worked();
        send(item, results);
        return Outcome.DONE;
      } catch (NotNowException e) {
        gate.worked(); // this item can't be had, but what the stage depends on is there
        Optional<Duration> wait = backOff(e, tries, Duration.between(began, SteadyClock.now()));
        if (wait.isEmpty()) {
          send(item, duty.work().deferred(event, e.reason(), e.sentence()));
          return Outcome.DEFERRED;
        }
        Thread.sleep(wait.get());
      } catch (DependencyDownException e) {
        gate.awaitAfter(e.reason(), e.retryAfter());
        began = SteadyClock.now(); // the pause is not the item's fault
        tries = 0;
      }
    }
  }

  private Optional<Duration> backOff(NotNowException e, int tries, Duration elapsed) {
    return e.triesInPlaceHelp()
        ? duty.settings()
            .inPlace()
            .backOff(tries, elapsed, ThreadLocalRandom.current().nextDouble())
        : Optional.empty();
  }

  private void send(Item<E> item, List<ModuleEvent> results) throws InterruptedException {
    sender.send(item, sender.encode(results, TraceParent.following(item.record.headers())));
  }

  /// A readable event is answered too, so that whoever waits for it learns of it. A dead letter
  /// that Kafka is set to refuse stands in the log alone: the record itself lies where the item
  /// says.
  private Outcome deadLetter(Item<E> item, Throwable cause, Optional<E> event)
      throws InterruptedException {
    log.error("{} {} becomes a dead letter", duty.name(), item, cause);
    String trace = TraceParent.following(item.record.headers());
    var letter = DeadLetter.of(duty.deadLetterTopic(), duty.groupId(), trace, item.record, cause);
    try {
      sender.send(item, List.of(letter));
    } catch (TooLargeForKafkaException e) { // again and again would be no better
      log.error("{} {} has no dead letter: {}", duty.name(), item, e.getMessage());
    }
    if (event.isPresent()) {
      answer(item, event.get(), trace, cause);
    }
    return Outcome.DEAD_LETTERED;
  }

  private void answer(Item<E> item, E event, String trace, Throwable cause)
      throws InterruptedException {
    String sentence =
        DeadLetter.shortened(event.module() + " broke the code: " + cause, MAX_SENTENCE);
    List<ProducerRecord<byte[], byte[]>> records;
    try {
      records =
          sender.encode(duty.work().deferred(event, DeferReason.DEAD_LETTERED, sentence), trace);
    } catch (RuntimeException e) { // the code is broken here too
      var plain =
          new ModuleDeferred(
              event.request(),
              event.module(),
              event.want(),
              duty.name(),
              DeferReason.DEAD_LETTERED,
              sentence,
              Instant.now());
      records = sender.encode(List.of(plain), trace);
    }
    sender.send(item, records);
  }
}
