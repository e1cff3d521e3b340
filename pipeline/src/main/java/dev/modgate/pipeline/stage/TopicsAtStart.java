package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics, for whichever service is first, then starts what works on them. Waits for a
/// broker that is away, beside everything else. A setting that can't be ends the process: waiting
/// would hide it.
public final class TopicsAtStart implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicsAtStart.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KafkaSettings kafka;
  private final int partitions;
  private final short replication;
  private final Runnable then;
  private final Thread thread;

  /// @param partitions of topics that do not exist yet
  /// @param replication of topics that do not exist yet
  /// @param then run when the topics exist, and again after a KafkaException until there is none;
  ///   not after [#close]
  public TopicsAtStart(KafkaSettings kafka, int partitions, short replication, Runnable then) {
    this.kafka = kafka;
    this.partitions = partitions;
    this.replication = replication;
    this.then = then;
    this.thread = Thread.ofPlatform().name("topics").unstarted(this::run);
  }

  /// Returns at once.
  public void start() {
    thread.start();
  }

  private void run() {
    String told = "";
    try {
      while (true) {
        String problem = createAndStart();
        if (problem.isEmpty()) {
          return;
        }
        if (!problem.equals(told)) { // a broker can be away for hours
          log.warn("{}; trying again every {} s", problem, PAUSE.toSeconds());
          told = problem;
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      log.info("stopped before kafka at \"{}\" answered", kafka.bootstrapServers());
    } catch (ConfigException e) {
      log.error("kafka at \"{}\" can't be asked: {}", kafka.bootstrapServers(), e.getMessage());
      Fatal.halt("a service with an impossible kafka setting", e);
    } catch (RuntimeException | Error e) { // a bug: half a service would look like one that waits
      log.error("the start went wrong", e);
      Fatal.halt("a service that could not start", e);
    }
  }

  /// @return what is in the way; empty where nothing is
  private String createAndStart() throws InterruptedException {
    try {
      Topics.ensure(impatient(), partitions, replication);
      then.run();
      return "";
    } catch (KafkaUnavailableException e) {
      return String.valueOf(e.getMessage());
    } catch (KafkaException e) { // a host name that does not resolve yet, say
      Optional<ConfigException> impossible = Topics.impossible(e);
      if (impossible.isPresent()) {
        throw impossible.get();
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return "kafka at \"" + kafka.bootstrapServers() + "\" can't be asked: " + cause.getMessage();
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
  }
}
