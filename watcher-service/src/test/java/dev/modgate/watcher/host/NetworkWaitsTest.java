package dev.modgate.watcher.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class NetworkWaitsTest {
  private final NetworkWaits network = new NetworkWaits();
  private final CountDownLatch begun = new CountDownLatch(1);

  @Test
  void whoWaitsIsInterruptedAndWhoGoesOnIsNot() throws Exception {
    var interrupted =
        new FutureTask<>(() -> {
          assertThatThrownBy(() -> network.call(this::waitLong))
              .isInstanceOf(InterruptedException.class);
          return Thread.currentThread().isInterrupted();
        });
    Thread.ofVirtual().start(interrupted);
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    network.stop();

    assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
    assertThatThrownBy(() -> network.call(() -> "")).isInstanceOf(InterruptedException.class);
  }

  /// As clients do that know no other exception.
  private String waitLong() throws IOException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("broken off", e);
    }
  }

  @Test
  void whatTheWorkSaysIsSaid() throws Exception {
    assertThat(network.call(() -> "done")).isEqualTo("done");
    assertThatThrownBy(() ->
            network.call(() -> {
              throw new IOException("away");
            }))
        .isInstanceOf(IOException.class)
        .hasMessage("away");
  }
}
