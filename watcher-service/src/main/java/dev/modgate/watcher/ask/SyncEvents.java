package dev.modgate.watcher.ask;

import dev.modgate.watcher.sync.SyncView;
import dev.modgate.watcher.sync.SyncViews;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Tells those who follow a sync how it goes, as server-sent events (WHATWG HTML, 9.2). Each event
/// says all, so one that was missed is not missing. It looks into the database: with two watchers
/// either may have had the answers.
final class SyncEvents implements AutoCloseable {
  private static final int MOST_FOLLOWERS = 200;
  private static final Duration LEAST = Duration.ofMillis(200);
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final SyncViews views;
  private final Semaphore free = new Semaphore(MOST_FOLLOWERS);
  private final CountDownLatch closed = new CountDownLatch(1);

  SyncEvents(SyncViews views) {
    this.views = views;
  }

  /// @return empty where too many follow already
  Optional<SseEmitter> follow(String sync) {
    if (!free.tryAcquire()) {
      return Optional.empty();
    }
    var emitter = new SseEmitter(0L); // it ends with the sync
    Thread.ofVirtual()
        .name("follow " + sync)
        .start(() -> {
          try {
            tell(sync, emitter);
          } finally {
            free.release();
          }
        });
    return Optional.of(emitter);
  }

  private void tell(String sync, SseEmitter emitter) {
    try {
      @Nullable SyncView told = null;
      long toldAt = System.nanoTime();
      while (true) {
        long asked = System.nanoTime();
        Optional<SyncView> now = views.find(sync, SyncView.Modules.NONE, Optional.empty(), 0);
        if (now.isEmpty() || now.get().settled()) {
          if (now.isPresent()) {
            emitter.send(event("end", now.get()));
          }
          emitter.complete();
          return;
        }
        if (!now.get().equals(told)) {
          told = now.get();
          toldAt = System.nanoTime();
          emitter.send(event("progress", told));
        } else if (System.nanoTime() - toldAt > SILENCE.toNanos()) {
          toldAt = System.nanoTime();
          emitter.send(SseEmitter.event().comment("")); // so that nobody takes it for dead
        }
        if (closed.await(rest(System.nanoTime() - asked), TimeUnit.NANOSECONDS)) {
          emitter.complete(); // who follows connects again
          return;
        }
      }
    } catch (IOException | IllegalStateException e) {
      emitter.completeWithError(e); // who followed is gone
    } catch (DataAccessException | TransactionException e) {
      emitter.complete(); // who follows connects again, and hears why then
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      emitter.complete();
    }
  }

  /// A large sync, which takes long to add up, is looked at less often.
  private static long rest(long lookNanos) {
    return Math.max(LEAST.toNanos(), lookNanos * 5);
  }

  private static SseEmitter.SseEventBuilder event(String name, SyncView sync) {
    return SseEmitter.event().name(name).data(sync, MediaType.APPLICATION_JSON);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
