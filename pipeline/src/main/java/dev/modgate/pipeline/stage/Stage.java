package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.StageStatus.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One instance of a stage: takes events of one topic, works on them, sends what comes of it. See
/// the package for the rules.
public final class Stage<E extends ModuleEvent> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Stage.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final Duration NEW_CLIENTS_AFTER = Duration.ofSeconds(3);

  private final StageDuty<E> duty;
  private final Supplier<List<DependencyStatus>> dependencies;
  private final StageHealth health = new StageHealth();
  private final PauseGate gate;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean killed;
  private Instant nextStatus = Instant.MIN;
  private @Nullable Thread teller;

  /// @param groupId the consumer group; instances that share it share the work
  /// @param type decides the topic
  /// @param dependencies asked whenever the status is published; must answer at once
  public Stage(
      StageName name,
      String groupId,
      Class<E> type,
      StageWork<E> work,
      KafkaSettings kafka,
      StageSettings settings,
      Supplier<List<DependencyStatus>> dependencies) {
    this.duty = new StageDuty<>(name, groupId, type, work, kafka, settings);
    this.dependencies = dependencies;
    this.gate = new PauseGate(groupId);
    this.thread = Thread.ofPlatform().name("stage-" + groupId).daemon(false).unstarted(this::run);
  }

  /// Begins to work, on a thread of its own that keeps the JVM alive. Returns at once; a broker
  /// that is away is waited for. Once per stage.
  public void start() {
    thread.start();
  }

  public StageStatus status() {
    List<DependencyStatus> found;
    try {
      found = dependencies.get();
    } catch (RuntimeException e) {
      log.warn("{} can't tell how its dependencies are", duty.groupId(), e);
      found = List.of();
    }
    return health.status(duty, found);
  }

  /// Takes nothing new, finishes what is in flight within [StageSettings#drain], cancels the rest
  /// (it is done again later), and leaves the group. Safe to call twice.
  @Override
  public void close() {
    stopping = true;
    if (thread.getState() == Thread.State.NEW) {
      return; // never started: nothing to wait for
    }
    try {
      thread.join(duty.settings().drain().plus(CLOSE_LIMIT.multipliedBy(4)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// For tests: ends as if the process had died. What is in flight is cut off, nothing is
  /// committed.
  void kill() {
    killed = true;
    close();
  }

  private void run() {
    try {
      while (!stopping) {
        try {
          runClients();
        } catch (RuntimeException e) {
          log.error("stage {} begins anew in {}", duty.groupId(), NEW_CLIENTS_AFTER, e);
          health.is(stateAfter(e), List.of(pauseFor(e)));
          sleepUnlessStopping(NEW_CLIENTS_AFTER);
        }
      }
      health.is(State.STOPPED, List.of());
    } catch (Error e) {
      Fatal.halt("stage " + duty.groupId(), e);
    } catch (InterruptedException e) {
      log.info("stage {} was interrupted", duty.groupId());
      health.is(State.STOPPED, List.of());
    }
  }

  /// The life of one consumer and one producer.
  private void runClients() throws InterruptedException {
    Producer<byte[], byte[]> producer = duty.newProducer();
    try {
      runConsumer(new ResultSender(producer, duty.kafka(), gate), producer);
    } finally {
      producer.close(CLOSE_LIMIT);
    }
  }

  private void runConsumer(ResultSender sender, Producer<byte[], byte[]> producer)
      throws InterruptedException {
    Consumer<byte[], byte[]> consumer = duty.newConsumer();
    try {
      var loop = new StageLoop<>(duty, consumer, sender, gate, health);
      try {
        while (!stopping) {
          boolean changed = loop.turn();
          tellSometimes(producer, changed);
        }
        if (!killed) {
          loop.drain(duty.settings().drain());
          health.is(State.STOPPED, List.of());
          tellLast(producer);
        }
      } catch (RuntimeException e) {
        health.is(stateAfter(e), List.of(pauseFor(e)));
        tell(producer).join(CLOSE_LIMIT);
        throw e;
      } finally {
        loop.abandon();
      }
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }
  }

  private void sleepUnlessStopping(Duration time) throws InterruptedException {
    Instant end = Instant.now().plus(time);
    while (!stopping && Instant.now().isBefore(end)) {
      Thread.sleep(50);
    }
  }

  /// A client that failed is one pause among others; anything else is a bug in the loop.
  private static State stateAfter(RuntimeException e) {
    return e instanceof KafkaException ? State.PAUSED : State.FAILED;
  }

  private static StageStatus.Pause pauseFor(Throwable e) {
    Instant now = Instant.now();
    return new StageStatus.Pause(e.toString(), now, now.plus(NEW_CLIENTS_AFTER));
  }

  private void tellSometimes(Producer<byte[], byte[]> producer, boolean changed) {
    Instant now = Instant.now();
    Thread before = teller;
    if (!changed && now.isBefore(nextStatus)) {
      return;
    }
    if (before != null && before.isAlive()) {
      nextStatus = now; // as soon as it is through
      return;
    }
    nextStatus = now.plus(duty.settings().statusEvery());
    var _ = tell(producer);
  }

  /// On its own thread: sending waits where no broker answers, and polling must not.
  private Thread tell(Producer<byte[], byte[]> producer) {
    ProducerRecord<byte[], byte[]> record = statusRecord(status().write());
    Thread thread = Thread.ofVirtual().start(() -> send(producer, record));
    teller = thread;
    return thread;
  }

  private void tellLast(Producer<byte[], byte[]> producer) throws InterruptedException {
    Thread before = teller;
    if (before != null) {
      before.join(CLOSE_LIMIT); // else it would have the last word
    }
    send(producer, statusRecord(status().write()));
    if (duty.settings().instanceId() == null) {
      send(producer, statusRecord(null)); // this instance never comes back under its name
    }
  }

  private ProducerRecord<byte[], byte[]> statusRecord(byte @Nullable [] value) {
    return new ProducerRecord<>(
        duty.kafka().statusTopic(), status().key().getBytes(StandardCharsets.UTF_8), value);
  }

  private void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    try {
      var _ = producer.send(record, (_, _) -> {});
    } catch (KafkaException | IllegalStateException e) {
      log.debug("status of {} was not taken", duty.groupId(), e);
    }
  }
}
