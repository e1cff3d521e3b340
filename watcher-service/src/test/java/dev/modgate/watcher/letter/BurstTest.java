package dev.modgate.watcher.letter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.broker.LocalBroker;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DeadLetterBreaker;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageSettings;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.stage.StageWork;
import dev.modgate.pipeline.stage.Topics;
import dev.modgate.watcher.database.Database;
import dev.modgate.watcher.database.OnEachDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stage whose code breaks on many records, with a real broker and the index of letters.
class BurstTest extends OnEachDatabase {
  private static final int POISON = 500;
  private static final int GOOD = 50;

  @TempDir Path folder;

  private final Set<String> done = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean mended = new AtomicBoolean();

  @Test
  void aBurstPausesTheStageAndOnceTheCodeIsMendedARetryBringsAll() throws Exception {
    assumeTrue(database == Database.H2, "the database has no part in it");
    try (var broker = LocalBroker.start(folder, 0)) {
      var kafka = KafkaSettings.of(broker.bootstrapServers());
      Topics.ensure(kafka, 2, (short) 1);
      var rows = new LetterRows(watcher.jdbc);
      var container =
          new LetterConfiguration()
              .letterContainer(kafka, rows, watcher.transaction, watcher.results);
      container.start();
      request(kafka);

      try (Stage<ModuleRequested> stage = stage(kafka)) {
        stage.start();
        await(() -> stage.status().state() == StageStatus.State.PAUSED);
        StageStatus.Pause pause = stage.status().pauses().getFirst();
        assertThat(pause.reason()).startsWith("100 dead letters within 60 s");
        assertThat(pause.nextTry()).isAfter(pause.since());
        assertThat(stage.status().deadLettered()).as("the others wait").isLessThan(POISON);

        await(() -> rows.open() == POISON);
        await(() -> done.size() == GOOD);
        assertThat(new LetterViews(watcher.jdbc).causes()).hasSize(1);
        mended.set(true);
        retryAll(kafka, rows);

        await(() -> done.size() == GOOD + POISON);
        assertThat(rows.open()).isZero();
        assertThat(stage.status().deadLettered()).isEqualTo(POISON);
      } finally {
        container.stop();
      }
    }
  }

  private void retryAll(KafkaSettings kafka, LetterRows rows) {
    var modules =
        new LetterModules(
            watcher.jdbc, watcher.modules, watcher.claims, watcher.outbox, watcher.timeline);
    var work =
        new LetterWork(rows, modules, watcher.transaction, kafka, watcher.outbox, watcher.clock);
    long newest = rows.newest();
    Optional<Long> after = Optional.of(0L);
    while (after.isPresent()) {
      var some = new LetterRows.Selection(List.of(), Optional.empty(), after.get(), newest);
      after = work.retry(some, "ada").last();
    }
  }

  private Stage<ModuleRequested> stage(KafkaSettings kafka) {
    StageWork<ModuleRequested> work =
        new StageWork<>() {
          @Override
          public List<ModuleEvent> process(ModuleRequested event) {
            if (event.want() == Want.MOD && !mended.get()) {
              throw new Broken(event.module() + " breaks the code");
            }
            done.add(event.module().toString());
            return List.of();
          }

          @Override
          public List<ModuleEvent> deferred(
              ModuleRequested event, DeferReason reason, String sentence) {
            return List.of();
          }
        };
    var breaker =
        new DeadLetterBreaker.Policy(100, Duration.ofSeconds(60), Duration.ofMillis(1_500));
    return new Stage<>(
        StageName.FETCH,
        kafka.topicPrefix() + "fetcher",
        ModuleRequested.class,
        work,
        kafka,
        StageSettings.defaults().withBreaker(breaker).withDrain(Duration.ofSeconds(5)),
        List::of);
  }

  /// Without a stack: the log has one for each.
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message, null, false, false);
    }
  }

  private static void request(KafkaSettings kafka) {
    try (var producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < POISON + GOOD; i++) {
        var module = ModuleVersion.parse("example.com/m" + i + "@v1.0.0");
        Want want = i % (POISON / GOOD + 1) == 0 ? Want.ZIP : Want.MOD;
        var event = new ModuleRequested(new RequestId("r" + i, 1), module, want, List.of(), 0);
        var _ =
            producer.send(
                new ProducerRecord<>(
                    kafka.topic(Topic.MODULE_REQUESTED),
                    module.path().value().getBytes(UTF_8),
                    EventJson.write(event)));
      }
      producer.flush();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(120); // a loaded machine is no failure
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited too long").isBefore(end);
      Thread.sleep(50);
    }
  }
}
