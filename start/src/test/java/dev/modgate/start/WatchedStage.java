package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageSettings;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.stage.StageWork;
import dev.modgate.pipeline.stage.Topics;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/// A stage with the work of a service, and what it says of its pauses, in its status and in the
/// log. It takes one item at a time and tries again after a moment: how long it would wait is the
/// only thing that is changed.
public final class WatchedStage<E extends ModuleEvent> implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration MOMENT = Duration.ofMillis(300);

  private final KafkaSettings kafka;
  private final Topic topic;
  private final Stage<E> stage;
  private final Logger gate;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private int pauses;

  /// @param topic where its items come from
  public WatchedStage(
      StageName name, Class<E> type, Topic topic, StageWork<E> work, KafkaSettings kafka)
      throws Exception {
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN); // else Kafka tells all it does
    this.kafka = kafka;
    this.topic = topic;
    this.gate = logger("dev.modgate.pipeline.stage.PauseGate");
    gate.setLevel(Level.INFO);
    log.start();
    gate.addAppender(log);
    Topics.ensure(kafka, 1, (short) 1);
    this.stage =
        new Stage<>(
            name,
            kafka.topicPrefix() + "watched",
            type,
            new Impatient<>(work),
            kafka,
            StageSettings.defaults().withMaxItems(1).withStatusEvery(Duration.ofSeconds(1)),
            List::of);
    stage.start();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  public void send(E event) {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
      var record =
          new ProducerRecord<>(
              kafka.topic(topic), event.module().path().value(), EventJson.write(event));
      assertThat(producer.send(record)).succeedsWithin(LIMIT);
    }
  }

  /// The status says why, since when, and when it tries again; it does so, and stays paused. The
  /// log has said it once.
  ///
  /// @param reasons all parts of the reason
  public void assertPauses(String... reasons) {
    pauses++;
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(stage.status().state()).isEqualTo(StageStatus.State.PAUSED);
          assertThat(stage.status().pauses()).hasSize(1);
        });
    StageStatus.Pause first = stage.status().pauses().getFirst();
    assertThat(first.reason()).contains(reasons);
    assertThat(first.nextTry()).isAfterOrEqualTo(first.since());
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(stage.status().pauses())
                .singleElement()
                .satisfies(
                    pause ->
                        assertThat(pause.since())
                            .isCloseTo(first.since(), within(1, ChronoUnit.SECONDS)),
                    pause ->
                        assertThat(pause.nextTry())
                            .isAfter(Objects.requireNonNull(first.nextTry()).plus(MOMENT))));
    assertThat(lines("pauses: ")).hasSize(pauses).last().asString().contains(reasons);
    assertThat(lines("goes on after a pause of ")).hasSize(pauses - 1);
  }

  /// By itself, and with nothing put off or dead; the log has said it once.
  ///
  /// @param done how many items by then
  public void assertGoesOn(int done) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(stage.status().done()).isEqualTo(done);
          assertThat(stage.status().state()).isEqualTo(StageStatus.State.RUNNING);
        });
    assertThat(stage.status().pauses()).isEmpty();
    assertThat(stage.status().deferred()).isZero();
    assertThat(stage.status().deadLettered()).isZero();
    assertThat(lines("pauses: ")).hasSize(pauses);
    assertThat(lines("goes on after a pause of ")).hasSize(pauses);
  }

  private List<String> lines(String containing) {
    return List.copyOf(log.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.contains(containing))
        .toList();
  }

  @Override
  public void close() {
    stage.close();
    gate.detachAppender(log);
  }

  private record Impatient<E extends ModuleEvent>(StageWork<E> work) implements StageWork<E> {
    @Override
    public List<ModuleEvent> process(E event)
        throws NotNowException, DependencyDownException, InterruptedException {
      try {
        return work.process(event);
      } catch (DependencyDownException e) {
        throw new DependencyDownException(e.reason(), MOMENT);
      }
    }

    @Override
    public List<ModuleEvent> deferred(E event, DeferReason reason, String sentence) {
      return work.deferred(event, reason, sentence);
    }

    @Override
    public long weight(E event) {
      return work.weight(event);
    }
  }
}
