package dev.modgate.watcher.notify;

import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.host.Trouble;
import dev.modgate.watcher.notify.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes what happened, and has each channel sent to by a thread of its own: a receiver that is
/// slow or away holds up no other, and the pipeline never.
final class NotifyWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NotifyWorker.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final Runnable lookAround;
  private final Router router;
  private final Delivery delivery;
  private final ChannelRows rows;
  private final List<Channel> channels;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread = new Thread(this::run, "notifications");
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Trouble trouble = new Trouble(LOG, "notifications wait");

  /// @param lookAround notices what nobody writes down by himself
  NotifyWorker(
      Runnable lookAround,
      Router router,
      Delivery delivery,
      ChannelRows rows,
      List<Channel> channels) {
    this.lookAround = lookAround;
    this.router = router;
    this.delivery = delivery;
    this.rows = rows;
    this.channels = List.copyOf(channels);
  }

  void start() {
    if (!channels.isEmpty()) {
      thread.start();
    }
  }

  private void run() {
    try {
      boolean settled = false;
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          if (!settled) {
            channels.forEach(channel -> rows.settle(channel.name()));
            settled = true;
          }
          pass();
          trouble.over();
        } catch (RuntimeException e) {
          trouble.met(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      Fatal.halt("the notifications", e);
    }
  }

  private void pass() {
    lookAround.run();
    while (router.routeSome() && closed.getCount() > 0) {
      // more may wait
    }
    for (Channel channel : channels) {
      if (!busy.contains(channel.name()) && delivery.isDue(channel) && busy.add(channel.name())) {
        threads.execute(() -> deliver(channel));
      }
    }
  }

  private void deliver(Channel channel) {
    try {
      while (closed.getCount() > 0 && delivery.deliver(channel)) {
        // more may wait
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: it is sent again by whoever comes next
    } catch (RuntimeException e) {
      trouble.met(e); // the same
    } catch (Error e) {
      Fatal.halt("the sending of notifications", e);
    } finally {
      busy.remove(channel.name());
    }
  }

  /// Waits for what is written, and for nothing that comes by the network.
  @Override
  public void close() {
    closed.countDown();
    delivery.stop();
    try {
      thread.join(ENDS_WITHIN.toMillis());
      threads.shutdown();
      var _ = threads.awaitTermination(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
