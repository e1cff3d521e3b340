package dev.modgate.pipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSyncTest {
  private static final Path FOLDER = Path.of("folder");

  private final AtomicInteger writes = new AtomicInteger();

  @Test
  void writesARealFolder(@TempDir Path folder) throws IOException {
    new FolderSync().sync(folder);

    assertThatThrownBy(() -> new FolderSync().sync(folder.resolve("missing")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not sync the folder \"" + folder.resolve("missing") + "\"");
  }

  @Test
  void whoWaitsIsNotFailedByALeaderThatIsInterrupted() throws Exception {
    var first = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var sync =
        new FolderSync(_ -> {
          switch (writes.incrementAndGet()) {
            case 1 -> { // holds the folder while a second group gathers
              first.countDown();
              await(go);
            }
            case 2 -> throw new ClosedByInterruptException(); // its leader was interrupted
            default -> {}
          }
        });

    try (var threads = Executors.newFixedThreadPool(4)) {
      var holder = threads.submit(() -> call(sync));
      await(first);
      var leader = threads.submit(() -> call(sync));
      while (sync.waitingFor(FOLDER) < 1) {
        Thread.onSpinWait();
      }
      var follower = threads.submit(() -> call(sync));
      while (sync.waitingFor(FOLDER) < 2) {
        Thread.onSpinWait();
      }
      go.countDown();

      assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("done");
      assertThat(leader.get(10, TimeUnit.SECONDS)).contains("ClosedByInterruptException");
      assertThat(follower.get(10, TimeUnit.SECONDS)).isEqualTo("done");
      assertThat(writes).hasValue(3);
    }
  }

  @Test
  void aFolderThatFailsFailsAllWhoWaitForIt() {
    var sync =
        new FolderSync(_ -> {
          throw new IOException("input/output error");
        });

    assertThat(call(sync)).contains("input/output error");
  }

  private static String call(FolderSync sync) {
    try {
      sync.sync(FOLDER);
      return "done";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
