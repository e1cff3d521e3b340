package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.stage.Item.Outcome;
import dev.modgate.pipeline.stage.StageStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The poll thread's part of a stage, for the life of one consumer: poll, start, settle, commit.
/// All methods run on that thread, the rebalance callbacks inside [#turn].
final class StageLoop<E extends ModuleEvent> implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(StageLoop.class);
  private static final Duration REVOKE_WAIT = Duration.ofSeconds(5);
  private static final Duration CANCEL_WAIT = Duration.ofSeconds(2);
  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final Duration BUSY_POLL = Duration.ofMillis(20);

  private final StageDuty<E> duty;
  private final Consumer<byte[], byte[]> consumer;
  private final ItemRunner<E> runner;
  private final PauseGate gate;
  private final BrokerWatch broker;
  private final StageHealth health;
  private final Window window;
  private final Backlog<E> backlog;
  private final Commits commits;
  private final DeadLetterBreaker breaker;
  private final Set<Item<E>> inFlight = new LinkedHashSet<>();
  private final LinkedBlockingQueue<Ended<E>> ended = new LinkedBlockingQueue<>();
  private boolean joined;
  private boolean draining;

  private record Ended<E extends ModuleEvent>(Item<E> item, Outcome outcome) {}

  StageLoop(
      StageDuty<E> duty,
      Consumer<byte[], byte[]> consumer,
      ResultSender sender,
      PauseGate gate,
      BrokerWatch broker,
      StageHealth health) {
    this.duty = duty;
    this.consumer = consumer;
    this.runner = new ItemRunner<>(duty, sender, gate);
    this.gate = gate;
    this.broker = broker;
    this.health = health;
    this.window = new Window(duty.settings().maxItems(), duty.settings().maxBytes());
    this.backlog = new Backlog<>(duty);
    this.commits = new Commits(consumer);
    this.breaker = new DeadLetterBreaker(duty.groupId(), duty.settings().breaker());
    consumer.subscribe(List.of(duty.topicName()), this);
  }

  /// One round.
  ///
  /// @return whether the state changed
  boolean turn() throws InterruptedException {
    health.turned(SteadyClock.now());
    settle();
    if (gate.takeResumed()) {
      breaker.acknowledge(SteadyClock.now());
    }
    gate.endIfNobodyTries();
    if (waits().isEmpty() || backlog.upgradeNeeded().isPresent()) {
      backlog.startWhatFits(window, commits, this::start);
    }
    pausePartitions();
    commits.commitSometimes();
    boolean changed = tellHealth();
    boolean holdsBack = backlog.isBlocked() || !waits().isEmpty();
    if (holdsBack) {
      consumer.poll(Duration.ZERO).forEach(backlog::add);
      awaitOne(BUSY_POLL);
    } else {
      consumer.poll(inFlight.isEmpty() ? IDLE_POLL : BUSY_POLL).forEach(backlog::add);
    }
    return changed;
  }

  /// Takes nothing new; waits for what is in flight, cancels what is not done in time, commits.
  void drain(Duration limit) throws InterruptedException {
    draining = true;
    backlog.clear();
    pausePartitions();
    tellHealth();
    Instant end = SteadyClock.now().plus(limit);
    while (!inFlight.isEmpty() && SteadyClock.now().isBefore(end)) {
      health.turned(SteadyClock.now());
      consumer.poll(Duration.ZERO); // stays in the group; what it may bring is not taken
      awaitOne(BUSY_POLL);
    }
    cancel(item -> true);
    awaitAll(item -> true, CANCEL_WAIT);
    commits.commitNow(commits.trackers().keySet());
    tellHealth();
  }

  /// Ends everything in flight, without a commit. Waits a little for what takes no hint: the next
  /// loop would do the same work beside it, and count it anew.
  void abandon() {
    commits.stop();
    cancel(item -> true);
    try {
      awaitAll(item -> true, CANCEL_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    joined = true;
    commits.begin(partitions);
    pausePartitions();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    backlog.drop(partitions);
    Predicate<Item<E>> theirs = item -> partitions.contains(item.partition());
    try {
      awaitAll(theirs, REVOKE_WAIT);
      cancel(theirs);
      awaitAll(theirs, CANCEL_WAIT);
    } catch (InterruptedException e) {
      cancel(theirs);
      Thread.currentThread().interrupt();
    }
    commits.commitNow(partitions);
    commits.end(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    log.warn("{} lost {}: what was in flight is done again elsewhere", duty.name(), partitions);
    backlog.drop(partitions);
    cancel(item -> partitions.contains(item.partition()));
    commits.end(partitions);
  }

  private void start(Item<E> item) {
    inFlight.add(item);
    item.start(
        Thread.ofVirtual()
            .name(duty.name() + " " + item)
            .uncaughtExceptionHandler(Fatal::uncaught)
            .unstarted(() -> run(item)));
  }

  /// On the item's own thread.
  private void run(Item<E> item) {
    Outcome outcome = Outcome.CANCELLED;
    try {
      item.awaitTurn();
      outcome = runner.run(item);
    } catch (InterruptedException e) {
      log.debug("{} {} was cancelled before it began", duty.name(), item);
    } catch (RuntimeException | Error e) {
      if (Fatal.concerns(e)) {
        Fatal.halt(duty.name() + " " + item, e);
      }
      log.error("{} {} could not be ended, and begins again", duty.name(), item, e);
    } finally {
      ended.add(new Ended<>(item, outcome));
    }
  }

  private void settle() {
    for (Ended<E> next = ended.poll(); next != null; next = ended.poll()) {
      settle(next);
    }
  }

  private void settle(Ended<E> end) {
    Item<E> item = end.item();
    inFlight.remove(item);
    if (end.outcome() == Outcome.CANCELLED && !item.isCancelled()) {
      start(item.again());
      return;
    }
    window.leave(item.weight);
    health.ended(end.outcome());
    if (end.outcome() != Outcome.CANCELLED) {
      item.tracker.done(item.record.offset());
    }
    if (end.outcome() == Outcome.DEAD_LETTERED) {
      breaker.record(SteadyClock.now());
    }
  }

  /// For people. Without a broker nothing comes anyhow, and where only the topic of statuses can't
  /// be written, the work goes on.
  private List<StageStatus.Pause> pauses() {
    List<StageStatus.Pause> all = waits();
    broker.pause(SteadyClock.now()).ifPresent(all::addFirst);
    return all;
  }

  /// While which nothing new is begun.
  private List<StageStatus.Pause> waits() {
    var all = new ArrayList<StageStatus.Pause>();
    Instant now = SteadyClock.now();
    gate.current().ifPresent(all::add);
    backlog.upgradeNeeded().ifPresent(all::add);
    breaker.pause(now).ifPresent(all::add);
    return all;
  }

  private void pausePartitions() {
    Set<TopicPartition> assigned = consumer.assignment();
    var paused = new HashSet<TopicPartition>();
    if (draining || backlog.isBlocked() || !waits().isEmpty()) {
      paused.addAll(assigned);
    } else {
      paused.addAll(backlog.partitions());
      paused.addAll(commits.full());
      paused.retainAll(assigned);
    }
    if (!paused.equals(consumer.paused())) {
      var resumed = new HashSet<>(assigned);
      resumed.removeAll(paused);
      consumer.pause(paused);
      consumer.resume(resumed);
    }
  }

  private boolean tellHealth() {
    Instant oldest = inFlight.isEmpty() ? null : inFlight.iterator().next().taken;
    health.holds(consumer.assignment().size(), window, oldest);
    List<StageStatus.Pause> pauses = pauses();
    if (!joined && !draining && health.state() == State.FAILED) {
      return false; // not yet seen to work
    }
    State state =
        draining
            ? State.DRAINING
            : !pauses.isEmpty() ? State.PAUSED : joined ? State.RUNNING : State.STARTING;
    return health.is(state, pauses);
  }

  private void awaitOne(Duration limit) throws InterruptedException {
    Ended<E> first = ended.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      settle(first);
      settle();
    }
  }

  private void awaitAll(Predicate<Item<E>> which, Duration limit) throws InterruptedException {
    Instant end = SteadyClock.now().plus(limit);
    while (inFlight.stream().anyMatch(which) && SteadyClock.now().isBefore(end)) {
      awaitOne(BUSY_POLL);
    }
  }

  private void cancel(Predicate<Item<E>> which) {
    inFlight.stream().filter(which).forEach(Item::cancel);
  }
}
