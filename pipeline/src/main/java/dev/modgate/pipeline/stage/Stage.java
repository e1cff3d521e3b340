package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.StageStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One instance of a stage: takes events of one topic, works on them, sends what comes of it. See
/// the package for the rules.
public final class Stage<E extends ModuleEvent> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Stage.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final StageDuty<E> duty;
  private final StageClients clients;
  private final Supplier<List<DependencyStatus>> dependencies;
  private final StageHealth health = new StageHealth();
  private final BackOff backOff = new BackOff();
  private final PauseGate gate;
  private final BrokerWatch broker;
  private final StatusTeller teller;
  private final @Nullable StageCommands commands;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean killed;
  private String lastBreak = "";

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
    var duty = new StageDuty<>(name, groupId, type, work, kafka, settings);
    this(duty, duty, dependencies, true);
  }

  /// For tests: hears no commands.
  Stage(StageDuty<E> duty, StageClients clients, Supplier<List<DependencyStatus>> dependencies) {
    this(duty, clients, dependencies, false);
  }

  private Stage(
      StageDuty<E> duty,
      StageClients clients,
      Supplier<List<DependencyStatus>> dependencies,
      boolean hears) {
    this.duty = duty;
    this.clients = clients;
    this.dependencies = dependencies;
    this.gate = new PauseGate(duty.groupId());
    this.broker =
        new BrokerWatch(
            duty.groupId(), duty.kafka().bootstrapServers(), duty.settings().statusEvery());
    this.teller = new StatusTeller(duty, this::status, broker);
    this.commands = hears ? new StageCommands(duty.kafka(), duty.name(), this::hear) : null;
    this.thread =
        Thread.ofPlatform()
            .name("stage-" + duty.groupId())
            .daemon(false)
            .uncaughtExceptionHandler(Fatal::uncaught)
            .unstarted(this::run);
  }

  /// Begins to work, on a thread of its own that keeps the JVM alive. Returns at once; a broker
  /// that is away is waited for. Once per stage.
  public void start() {
    health.turned(SteadyClock.now()); // it may have waited for a broker for hours
    if (commands != null) {
      commands.start();
    }
    thread.start();
  }

  private void hear(StageCommand command) {
    if (command.order() == StageCommand.Order.RESUME) {
      gate.resume();
    }
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

  /// Why only a new start of the process helps; empty where this stage works, pauses, or was not
  /// started: what pauses goes on by itself.
  public Optional<String> stuck() {
    if (thread.getState() == Thread.State.NEW || stopping) {
      return Optional.empty();
    }
    return thread.isAlive()
        ? health.stuck(SteadyClock.now()).map(why -> duty.groupId() + " is stuck: " + why)
        : Optional.of(duty.groupId() + " is stuck: its poll thread ended");
  }

  /// Takes nothing new, finishes what is in flight within [StageSettings#drain], cancels the rest
  /// (it is done again later), and leaves the group. Safe to call twice.
  @Override
  public void close() {
    stopping = true;
    if (commands != null) {
      commands.close();
    }
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
        sleepUnlessStopping(runClients());
      }
    } catch (InterruptedException e) {
      log.info("stage {} was interrupted", duty.groupId());
    }
    health.is(State.STOPPED, List.of());
  }

  /// The life of one consumer and one producer.
  ///
  /// @return how long to wait before the next ones
  private Duration runClients() throws InterruptedException {
    Instant began = SteadyClock.now();
    Producer<byte[], byte[]> producer = null;
    try {
      producer = clients.newProducer();
      runConsumer(new ResultSender(producer, duty.kafka(), gate), producer);
      return Duration.ZERO;
    } catch (RuntimeException e) {
      Duration wait = backOff.next(Duration.between(began, SteadyClock.now()));
      broke(e, wait);
      if (producer != null) {
        teller.afterAll(producer);
      }
      return wait;
    } finally {
      close(producer);
    }
  }

  private void runConsumer(ResultSender sender, Producer<byte[], byte[]> producer)
      throws InterruptedException {
    Consumer<byte[], byte[]> consumer = clients.newConsumer();
    try {
      var loop = new StageLoop<>(duty, consumer, sender, gate, broker, health);
      try {
        while (!stopping) {
          boolean changed = loop.turn();
          teller.sometimes(producer, changed);
        }
        if (!killed) {
          loop.drain(duty.settings().drain());
          health.is(State.STOPPED, List.of());
          teller.last(producer);
        }
      } catch (Error e) {
        Fatal.halt(duty.groupId(), e); // before anything is closed, which could wait for ever
        throw e;
      } finally {
        loop.abandon();
      }
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
    }
  }

  /// Kafka being away or refusing is a pause, anything else a failure of ours; both end by
  /// themselves, or the status tells what to do.
  private void broke(RuntimeException e, Duration wait) {
    if (e.toString().equals(lastBreak)) {
      log.warn("stage {} broke again, and begins anew in {}: {}", duty.groupId(), wait, lastBreak);
    } else {
      lastBreak = e.toString();
      log.error("stage {} broke, and begins anew in {}", duty.groupId(), wait, e);
    }
    Instant now = SteadyClock.now();
    State state = e instanceof KafkaException ? State.PAUSED : State.FAILED;
    Instant since = health.since(state).orElse(now);
    health.is(state, List.of(new StageStatus.Pause(sentence(e), since, now.plus(wait))));
  }

  /// Kafka's own exceptions say what is wrong in their cause.
  private static String sentence(Throwable e) {
    Throwable cause = e.getCause();
    return e instanceof KafkaException && cause != null ? e + ": " + cause.getMessage() : "" + e;
  }

  private void close(@Nullable Producer<byte[], byte[]> producer) {
    try {
      if (producer != null) {
        producer.close(CLOSE_LIMIT);
      }
    } catch (KafkaException e) {
      log.warn("a producer of stage {} was not closed cleanly", duty.groupId(), e);
    }
  }

  private void sleepUnlessStopping(Duration time) throws InterruptedException {
    Instant end = SteadyClock.now().plus(time);
    while (!stopping && SteadyClock.now().isBefore(end)) {
      health.turned(SteadyClock.now());
      Thread.sleep(50);
    }
  }
}
