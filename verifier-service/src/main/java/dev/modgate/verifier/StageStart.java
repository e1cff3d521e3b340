package dev.modgate.verifier;

import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.KafkaUnavailableException;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the stages once the topics exist, for whichever service is first creates them. Waits for
/// a broker that is away, beside everything else.
final class StageStart implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StageStart.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final KafkaConnectionSettings kafka;
  private final List<Stage<?>> stages;
  private final Thread thread;

  StageStart(KafkaConnectionSettings kafka, List<Stage<?>> stages) {
    this.kafka = kafka;
    this.stages = List.copyOf(stages);
    this.thread = Thread.ofPlatform().name("verifier-start").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!topicsExist()) {
        Thread.sleep(PAUSE);
      }
      stages.forEach(Stage::start);
    } catch (InterruptedException e) {
      log.info("stopped before kafka at \"{}\" answered", kafka.bootstrapServers());
    }
  }

  private boolean topicsExist() throws InterruptedException {
    try {
      Topics.ensure(impatient(), kafka.partitions(), kafka.replication());
      return true;
    } catch (KafkaUnavailableException e) {
      log.warn("{}; trying again in {} s", e.getMessage(), PAUSE.toSeconds());
      return false;
    }
  }

  /// A client that is closed waits for its calls to end, and a stop should not.
  private KafkaSettings impatient() {
    KafkaSettings settings = kafka.toKafka();
    Map<String, String> properties = new HashMap<>(settings.properties());
    properties.put("request.timeout.ms", "4000");
    properties.put("default.api.timeout.ms", "4000");
    return new KafkaSettings(settings.bootstrapServers(), settings.topicPrefix(), properties);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stages.forEach(Stage::close);
  }
}
