package dev.modgate.watcher.agent;

import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.wantlist.CommitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/// Sends want lists, in their order, until each has come to the watcher or was refused.
final class AgentSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSender.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /// People need their time.
  private static final Duration POSTPONED_FOR = Duration.ofHours(1);

  private final AgentOut out;
  private final Route route;
  private final JdbcTemplate jdbc;
  private final StatusReceiver statuses;
  private final Clock clock;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("agent-sender").unstarted(this::run);
  private volatile boolean closed;
  private String told = "";

  AgentSender(AgentOut out, Route route, JdbcTemplate jdbc, StatusReceiver statuses, Clock clock) {
    this.out = out;
    this.route = route;
    this.jdbc = jdbc;
    this.statuses = statuses;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /// There is something to send.
  void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  private void run() {
    boolean begun = false;
    while (!closed) {
      try {
        var _ = work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        var _ = work.drainPermits();
        if (!begun) {
          out.postponeNoLonger(); // perhaps that is why it was started anew
          begun = true;
        }
        sendDue();
      } catch (InterruptedException e) {
        return; // closed
      } catch (RuntimeException e) {
        tell("want lists are not sent yet: " + e);
      } catch (Error e) {
        Fatal.halt("the sender of want lists", e);
      }
    }
  }

  /// One after another; one that can't get through holds the others up only until its next try.
  void sendDue() throws InterruptedException {
    long sent = 0;
    for (var due = out.due(sent); due.isPresent() && !closed; due = out.due(sent)) {
      sent = due.get().number();
      if (due.get().postponed()) {
        out.renew(due.get()); // behind all others
      } else {
        send(due.get());
      }
    }
  }

  private void send(AgentOut.Waiting list) throws InterruptedException {
    try {
      byte[] bytes = list.content().getBytes(StandardCharsets.UTF_8);
      switch (route.deliver(list.number(), bytes)) {
        case Route.Delivery.Sent(var sentence) -> {
          out.ended(list.number(), "sent", sentence);
          told = "";
        }
        case Route.Delivery.Refused(var sentence) -> {
          showRefused(list, sentence);
          out.ended(list.number(), "refused", sentence);
        }
        case Route.Delivery.NotYet(var sentence) -> {
          showRefused(list, sentence);
          out.postponed(list.number(), sentence, clock.instant().plus(POSTPONED_FOR));
        }
      }
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      out.failed(list.number(), why, clock.instant().plus(waitAfter(list.attempts())));
      tell("want list " + list.number() + " did not get through yet: " + why);
    }
  }

  private void showRefused(AgentOut.Waiting list, String sentence) {
    LOG.warn("want list {} was refused: {}", list.number(), sentence);
    statuses.received(
        jdbc,
        new CommitStatus(
            list.source(),
            list.commit(),
            CommitStatus.State.FAILURE,
            0,
            0,
            0,
            List.of("the watcher refused the want list: " + sentence)));
  }

  static Duration waitAfter(int attempts) {
    Duration wait = Duration.ofSeconds(1L << Math.min(attempts, 16));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private void tell(String sentence) {
    if (!sentence.equals(told)) {
      told = sentence;
      LOG.warn("{}", sentence);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      var _ = thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
