package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears the commands to one stage, on a thread of its own: those given from its start on, each
/// once. What came while the broker was away is heard when it is back.
public final class StageCommands implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StageCommands.class);

  private final KafkaSettings kafka;
  private final StageName stage;
  private final Consumer<StageCommand> whatToDo;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> reading;
  private long next = -1;

  /// @param whatToDo must return soon; what it throws is logged
  public StageCommands(KafkaSettings kafka, StageName stage, Consumer<StageCommand> whatToDo) {
    this.kafka = kafka;
    this.stage = stage;
    this.whatToDo = whatToDo;
    this.thread =
        Thread.ofPlatform()
            .name("commands-" + stage)
            .daemon() // holds nothing that must be written
            .uncaughtExceptionHandler(Fatal::uncaught)
            .unstarted(this::run);
  }

  /// Once, when the topic exists. Returns at once.
  public void start() {
    thread.start();
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (var consumer =
          new KafkaConsumer<>(
              settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        reading = consumer;
        listen(consumer);
      } catch (WakeupException | InterruptException e) {
        return; // closed
      } catch (KafkaException e) {
        log.warn("commands to {} can't be heard now: {}", stage, e.toString());
        pause();
      }
    }
  }

  private void listen(KafkaConsumer<byte[], byte[]> consumer) {
    var partition = new TopicPartition(kafka.commandTopic(), 0);
    consumer.assign(List.of(partition));
    if (next < 0) {
      consumer.seekToEnd(List.of(partition));
      next = consumer.position(partition);
    } else {
      consumer.seek(partition, next);
    }
    while (closing.getCount() > 0) {
      for (var heard : consumer.poll(Duration.ofMillis(500))) {
        next = heard.offset() + 1;
        hear(heard.value());
      }
    }
  }

  private void hear(byte @Nullable [] json) {
    if (json == null) {
      return;
    }
    try {
      StageCommand command = StageCommand.read(json);
      if (command.stage() == stage) {
        log.info("{} was told to {} (command {})", stage, command.order(), command.id());
        whatToDo.accept(command);
      }
    } catch (UnreadableEventException e) {
      log.warn("a command was skipped: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("a command to {} went wrong", stage, e);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("client.id", "modgate-commands-" + stage);
    settings.put("allow.auto.create.topics", false);
    settings.put("auto.offset.reset", "latest"); // where the topic was made anew
    return settings;
  }

  private void pause() {
    try {
      var _ = closing.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    var consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
  }
}
