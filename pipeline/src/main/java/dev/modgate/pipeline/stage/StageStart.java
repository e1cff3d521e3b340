package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the stages once the topics exist, for whichever service is first creates them. Waits for
/// a broker that is away, or whose name does not resolve yet, beside everything else.
public final class StageStart implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StageStart.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final KafkaSettings kafka;
  private final int partitions;
  private final short replication;
  private final List<Stage<?>> stages;
  private final Thread thread;
  private String told = "";

  /// @param partitions of topics that do not exist yet
  /// @param replication of topics that do not exist yet
  /// @param stages started together, closed with this
  public StageStart(KafkaSettings kafka, int partitions, short replication, List<Stage<?>> stages) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.replication = replication;
    this.stages = List.copyOf(stages);
    this.thread =
        Thread.ofPlatform()
            .name("stage-start")
            .uncaughtExceptionHandler(Halt::uncaught)
            .unstarted(this::run);
  }

  /// Returns at once.
  public void start() {
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
      Topics.ensure(impatient(), partitions, replication);
      return true;
    } catch (KafkaUnavailableException e) {
      log.warn("{}; trying again in {} s", e.getMessage(), PAUSE.toSeconds());
      return false;
    } catch (RuntimeException e) {
      if (!e.toString().equals(told)) {
        told = e.toString();
        log.error("topics can't be created; trying every {} s", PAUSE.toSeconds(), e);
      }
      return false;
    }
  }

  /// A client that is closed waits for its calls to end, and a stop should not.
  private KafkaSettings impatient() {
    Map<String, String> properties = new HashMap<>(kafka.properties());
    properties.put("request.timeout.ms", "4000");
    properties.put("default.api.timeout.ms", "4000");
    return new KafkaSettings(kafka.bootstrapServers(), kafka.topicPrefix(), properties);
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
