package dev.modgate.watcher;

import dev.modgate.pipeline.stage.Halt;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.KafkaUnavailableException;
import dev.modgate.pipeline.stage.Topics;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics, as soon as the broker answers; then lets those start that read them.
final class TopicsAtStart implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicsAtStart.class);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final KafkaSettings kafka;
  private final int partitions;
  private final short replication;
  private final Runnable then;
  private final Thread thread =
      Thread.ofPlatform()
          .name("topics")
          .uncaughtExceptionHandler(Halt::uncaught)
          .unstarted(this::run);

  /// @param then run again after a while where it throws
  TopicsAtStart(KafkaSettings kafka, int partitions, short replication, Runnable then) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.replication = replication;
    this.then = then;
  }

  void start() {
    thread.start();
  }

  private void run() {
    String told = "";
    while (true) {
      try {
        Topics.ensure(kafka, partitions, replication);
        then.run();
        return;
      } catch (KafkaUnavailableException e) {
        if (!e.toString().equals(told)) {
          told = e.toString();
          LOG.warn("waiting for kafka: {}", e.getMessage());
        }
      } catch (RuntimeException e) {
        if (!e.toString().equals(told)) {
          told = e.toString();
          LOG.error("what reads the topics did not start; trying again", e);
        }
      } catch (InterruptedException e) {
        return; // closed
      }
      try {
        Thread.sleep(AGAIN);
      } catch (InterruptedException e) {
        return; // closed
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
