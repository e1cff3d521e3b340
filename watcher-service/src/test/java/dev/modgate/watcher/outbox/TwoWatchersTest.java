package dev.modgate.watcher.outbox;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.Database;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.database.WatcherParts;
import dev.modgate.watcher.pause.OwnPauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// Two watchers on one database.
class TwoWatchersTest extends OnEachDatabase {
  private static final Duration RESEND_AFTER = Duration.ofHours(6);

  @Test
  void fourRelaysAtOnceSendEachRequestOnce() throws Exception {
    watcher.sync("test", lines("m", 3_000));
    var brokers = IntStream.range(0, 4).mapToObj(_ -> new Broker()).toList();
    var together = new CyclicBarrier(4);
    var relays = new ArrayList<Callable<Integer>>();
    brokers.forEach(broker ->
        relays.add(() -> {
          together.await();
          Relay relay = relay(watcher.another(), broker);
          int all = 0;
          while (watcher.outbox.backlog().unsent() > 0) {
            all += relay.sendSome();
          }
          return all;
        }));

    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> relay : threads.invokeAll(relays)) {
        relay.get();
      }
    }

    List<ModuleRequested> sent =
        brokers.stream().flatMap(broker -> broker.requests().stream()).toList();
    assertThat(sent).hasSize(3_000).doesNotHaveDuplicates();
    assertThat(watcher.outbox.backlog()).isEqualTo(new Outbox.Backlog(0, 3_000));
  }

  @Test
  void whatARelaySentWhoseConnectionBrokeIsSentAgainByTheOtherAsTheSameRequest() throws Exception {
    assumeThat(database).as("a connection can be broken there").isEqualTo(Database.POSTGRESQL);
    watcher.sync("test", lines("m", 5));
    var dying = new Broker();
    dying.mayFlush = new CountDownLatch(1);
    var first = CompletableFuture.supplyAsync(() -> relay(watcher.another(), dying).sendSome());
    dying.flushing.await();

    var broken =
        watcher.jdbc.queryForList(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where state = 'idle in transaction' and pid <> pg_backend_pid()",
            Boolean.class);
    dying.mayFlush.countDown();
    var other = new Broker();
    assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class);
    int sent = relay(watcher, other).sendSome();

    assertThat(broken).containsExactly(true);
    assertThat(sent).isEqualTo(5);
    assertThat(other.requests()).isEqualTo(dying.requests());
    assertThat(watcher.outbox.backlog()).isEqualTo(new Outbox.Backlog(0, 5));
  }

  @Test
  void theLastTwoAnswersTakenAtOnceEndTheSync() throws Exception {
    String sync = watcher.sync("test", lines("m", 2));
    List<ModuleRequested> requests = watcher.requests();
    WatcherParts other = watcher.another();
    Crashes.Held held = watcher.crashes.holdNextCommit();

    try (var threads = Executors.newFixedThreadPool(2)) {
      var first = threads.submit(() -> watcher.answer(published(requests.get(0), HASH)));
      held.reached().await();
      var second = threads.submit(() -> other.answer(published(requests.get(1), HASH)));
      waitABit(second); // it either looks past the first one, or waits for it
      held.go().countDown();
      first.get();
      second.get();
    }

    assertThat(watcher.view(sync).state()).isEqualTo("done");
  }

  @Test
  void answersOfOneModuleTakenByTwoAreAppliedOnce() throws Exception {
    String sync = watcher.sync("test", lines("m", 200));
    List<ModuleRequested> requests = watcher.requests();
    WatcherParts other = watcher.another();
    var together = new CyclicBarrier(2);

    try (var threads = Executors.newFixedThreadPool(2)) {
      var tasks = new ArrayList<Future<?>>();
      for (WatcherParts one : List.of(watcher, other)) {
        List<ModuleRequested> ordered = one == watcher ? requests : requests.reversed();
        tasks.add(
            threads.submit(() -> {
              together.await();
              for (ModuleRequested request : ordered) {
                one.answer(published(request, HASH));
              }
              return null;
            }));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    }

    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.view(sync).counts()).containsEntry("inside", 200L);
    assertThat(watcher.count("outbox")).isZero();
  }

  @Test
  void syncsOfTheSameModulesAcceptedByBothAskOnce() throws Exception {
    WatcherParts other = watcher.another();
    var together = new CyclicBarrier(2);
    var tasks = new ArrayList<Callable<String>>();
    for (WatcherParts one : List.of(watcher, other)) {
      tasks.add(() -> {
        together.await();
        return one.sync("one of two", lines("m", 1_000));
      });
    }

    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var sync : threads.invokeAll(tasks)) {
        assertThat(watcher.view(sync.get()).counts()).containsEntry("requested", 1_000L);
      }
    }
    assertThat(watcher.count("outbox")).isEqualTo(1_000);
  }

  private static void waitABit(Future<?> task) throws Exception {
    try {
      task.get(500, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // it waits
    }
  }

  private static String[] lines(String prefix, int modules) {
    return IntStream.range(0, modules)
        .mapToObj(i -> "example.com/" + prefix + i + " v1.0.0 " + HASH)
        .toArray(String[]::new);
  }

  private static Relay relay(WatcherParts parts, Broker to) {
    return new Relay(
        parts.jdbc,
        parts.transaction,
        () -> to,
        "requested",
        new Relay.Limits(1_000_000, RESEND_AFTER),
        () -> false,
        new OwnPauses(parts.clock),
        parts.clock);
  }

  /// Takes all that is sent, at the flush.
  private static final class Broker extends MockProducer<String, byte[]> {
    private final CountDownLatch flushing = new CountDownLatch(1);
    private CountDownLatch mayFlush = new CountDownLatch(0);

    private Broker() {
      super(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized void flush() {
      flushing.countDown();
      try {
        mayFlush.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private List<ModuleRequested> requests() {
      return history().stream().map(sent -> WatcherParts.request(sent.value())).toList();
    }
  }
}
