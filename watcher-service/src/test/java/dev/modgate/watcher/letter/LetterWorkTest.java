package dev.modgate.watcher.letter;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.deferred;
import static dev.modgate.watcher.database.Answers.fetched;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.DeadLetter;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.database.OnEachDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a real broker; each test has topics of its own.
class LetterWorkTest extends OnEachDatabase {
  @TempDir static Path folder;
  private static LocalBroker broker;
  private static int prefixes;

  private KafkaSettings kafka;
  private TopicPartition fetched;
  private KafkaProducer<byte[], byte[]> producer;
  private LetterRows rows;
  private LetterWork work;
  private int letters;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder.resolve("kafka" + prefixes), 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void makeTopics() throws Exception {
    kafka = new KafkaSettings(broker.bootstrapServers(), "m" + ++prefixes + ".", Map.of());
    fetched = new TopicPartition(kafka.topic(Topic.MODULE_FETCHED), 0);
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      admin.createTopics(List.of(new NewTopic(fetched.topic(), 1, (short) 1))).all().get();
    }
    producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    rows = new LetterRows(watcher.jdbc);
    var modules =
        new LetterModules(
            watcher.jdbc, watcher.modules, watcher.claims, watcher.outbox, watcher.timeline);
    work = new LetterWork(rows, modules, watcher.transaction, kafka, watcher.outbox, watcher.clock);
  }

  @org.junit.jupiter.api.AfterEach
  void closeProducer() {
    producer.close();
  }

  @Test
  void theWholeRecordIsSentAgainFromWhereItLay() throws Exception {
    byte[] large = "x".repeat(100_000).getBytes(UTF_8);
    long id = died("example.com/a", large);

    LetterWork.Done done = work.retry(Letters.every(), "ada");

    assertThat(done.changed()).containsExactly(id);
    ConsumerRecord<byte[], byte[]> again = lies().getLast();
    assertThat(again.key()).isEqualTo("example.com/a".getBytes(UTF_8));
    assertThat(again.value()).isEqualTo(large);
    assertThat(new String(again.headers().lastHeader(DeadLetter.RETRY_OF).value(), UTF_8))
        .isEqualTo(String.valueOf(id));
    LetterView letter = view(id);
    assertThat(letter.state()).isEqualTo("retried");
    assertThat(letter.changedBy()).isEqualTo("ada");
    assertThat(letter.sentence()).isEqualTo("sent again as it lay at " + fetched + "@0");
  }

  @Test
  void aSecondRetryDoesNothing() throws Exception {
    long id = died("example.com/a", new byte[] {1});
    work.retry(Letters.every(), "ada");

    assertThat(work.retry(Letters.every(), "bob").changed()).isEmpty();
    assertThat(work.discard(Letters.every(), "bob").changed()).isEmpty();

    assertThat(lies()).hasSize(2);
    assertThat(view(id).changedBy()).isEqualTo("ada");
  }

  @Test
  void aRecordWithoutAValueOrKeyIsSentAgainAsSuch() throws Exception {
    died(null, null);

    work.retry(Letters.every(), "ada");

    assertThat(lies()).hasSize(2);
    assertThat(lies().getLast().key()).isNull();
    assertThat(lies().getLast().value()).isNull();
  }

  @Test
  void whatItsTopicHasForgottenIsSentAgainFromTheLetterWhereThatHasAll() throws Exception {
    long id = died("example.com/a", "{short}".getBytes(UTF_8));
    forget();

    work.retry(Letters.every(), "ada");

    assertThat(lies().getLast().value()).isEqualTo("{short}".getBytes(UTF_8));
    assertThat(view(id).sentence()).contains("has forgotten it", "all of it");
  }

  @Test
  void anotherRecordAtTheSamePlaceIsNotTakenForIt() throws Exception {
    send("example.com/b", "other");
    long id = letter("example.com/a", "value".getBytes(UTF_8), 0);

    work.retry(Letters.every(), "ada");

    assertThat(lies().getLast().value()).isEqualTo("value".getBytes(UTF_8));
    assertThat(view(id).sentence()).contains("has forgotten it");
  }

  @Test
  void whatIsGoneIsAskedForAnewByTheModuleThatTheLetterNames() throws Exception {
    ModuleRequested request = rejectedAsDead();
    long id = died("example.com/a", padded(request));
    forget();

    assertThat(work.retry(Letters.every(), "ada").changed()).containsExactly(id);

    assertThat(lies()).isEmpty();
    assertThat(watcher.request().request().attempt()).isEqualTo(2);
    assertThat(state()).isEqualTo("requested");
    assertThat(view(id).sentence()).contains("example.com/a@v1.0.0 was asked for anew");
  }

  @Test
  void whatIsGoneAndNamesNothingStaysALetterWithASentence() throws Exception {
    long id = died("example.com/a", "x".repeat(9_000).getBytes(UTF_8));
    long unknown = died("example.com/a", padded(fetchedOf("{\"module\":\"example.com/z@v1.0.0\"")));
    forget();

    LetterWork.Done done = work.retry(Letters.every(), "ada");

    assertThat(done.changed()).isEmpty();
    assertThat(done.stays()).extracting(LetterWork.Stay::id).containsExactly(id, unknown);
    assertThat(view(id).state()).isEqualTo("letter");
    assertThat(view(id).sentence()).contains("the first 8192 of 9000 bytes");
    assertThat(view(unknown).sentence()).contains("modgate sync example.com/z@v1.0.0");
  }

  @Test
  void aModuleVersionThatDiedIsInFlightAgainSoThatWhatComesOfItCounts() throws Exception {
    ModuleRequested request = rejectedAsDead();
    died("example.com/a", EventJson.write(fetched(request)));

    work.retry(Letters.every(), "ada");

    assertThat(state()).isEqualTo("requested");
    assertThat(watcher.outbox.backlog().unanswered()).as("is sent again if need be").isEqualTo(1);
    watcher.answer(deferred(request, DeferReason.STORE_FAILED));
    assertThat(state()).isEqualTo("deferred");
    assertThat(watcher.count("outbox")).isZero();
  }

  @Test
  void aModuleVersionThatWasAskedForAnewMeanwhileIsLeftAlone() throws Exception {
    ModuleRequested request = rejectedAsDead();
    died("example.com/a", EventJson.write(fetched(request)));
    watcher.sync("another", "example.com/a v1.0.0 " + HASH);

    work.retry(Letters.every(), "ada");

    assertThat(watcher.request().request().attempt()).isEqualTo(2);
    assertThat(watcher.outbox.backlog().unsent()).isEqualTo(1);
    assertThat(watcher.outbox.backlog().unanswered()).isZero();
  }

  @Test
  void manyComePieceByPieceAndWhatDiesMeanwhileIsNotAmongThem() throws Exception {
    for (int i = 0; i < LetterWork.MOST + 20; i++) {
      died("example.com/a", ("value " + i).getBytes(UTF_8));
    }
    long newest = rows.newest();
    var first = new LetterRows.Selection(List.of(), Optional.empty(), 0, newest);

    LetterWork.Done one = work.retry(first, "ada");
    long late = died("example.com/a", "late".getBytes(UTF_8));
    LetterWork.Done two =
        work.retry(
            new LetterRows.Selection(List.of(), Optional.empty(), one.last().orElseThrow(), newest),
            "ada");

    assertThat(one.changed()).hasSize(LetterWork.MOST);
    assertThat(two.changed()).hasSize(20).doesNotContain(late);
    assertThat(two.last()).isEmpty();
    assertThat(rows.open()).isEqualTo(1);
  }

  @Test
  void whatIsDiscardedIsKeptAsAFact() throws Exception {
    long id = died("example.com/a", new byte[] {1});
    long other = died("example.com/a", new byte[] {2});

    LetterWork.Done done =
        work.discard(
            new LetterRows.Selection(List.of(id, 999_999L), Optional.empty(), 0, other), "ada");

    assertThat(done.changed()).containsExactly(id);
    assertThat(view(id).state()).isEqualTo("discarded");
    assertThat(view(id).changedBy()).isEqualTo("ada");
    assertThat(view(id).changedAt()).isEqualTo(watcher.clock.instant());
    assertThat(view(other).state()).isEqualTo("letter");
  }

  private ModuleRequested rejectedAsDead() {
    watcher.sync("test", "example.com/a v1.0.0 " + HASH);
    ModuleRequested request = watcher.request();
    watcher.answer(deferred(request, DeferReason.DEAD_LETTERED));
    assertThat(state()).isEqualTo("rejected");
    return request;
  }

  private static byte[] padded(ModuleRequested request) {
    return padded(fetchedOf(new String(EventJson.write(fetched(request)), UTF_8)));
  }

  /// Longer than a letter takes.
  private static byte[] padded(String begin) {
    return (begin + " ".repeat(10_000)).getBytes(UTF_8);
  }

  private static String fetchedOf(String json) {
    return json.contains("\"want\"") ? json : json + ",\"want\":\"zip\",\"rest\":\"";
  }

  private String state() {
    return watcher.module("example.com/a@v1.0.0").wants().getFirst().state();
  }

  private LetterView view(long id) {
    return new LetterViews(watcher.jdbc).find(id).orElseThrow();
  }

  /// A record that lies in its topic, and a letter of it.
  private long died(@Nullable String key, byte @Nullable [] value) throws Exception {
    long offset =
        producer
            .send(
                new ProducerRecord<>(
                    fetched.topic(), 0, key == null ? null : key.getBytes(UTF_8), value))
            .get()
            .offset();
    return letter(key, value, offset);
  }

  private void send(String key, String value) throws Exception {
    var _ =
        producer
            .send(new ProducerRecord<>(fetched.topic(), key.getBytes(UTF_8), value.getBytes(UTF_8)))
            .get();
  }

  private long letter(@Nullable String key, byte @Nullable [] value, long offset) {
    var from =
        Letters.letter(
            letters++,
            "boom",
            DeadLetter.ORIGIN_TOPIC,
            fetched.topic(),
            DeadLetter.ORIGIN_PARTITION,
            0,
            DeadLetter.ORIGIN_OFFSET,
            offset,
            DeadLetter.VALUE_SIZE,
            value == null ? 0 : value.length);
    byte[] start =
        value == null ? null : Arrays.copyOf(value, Math.min(value.length, DeadLetter.MAX_VALUE));
    var record =
        Letters.record(
            from.offset(),
            Letters.AT,
            from.headers(),
            key == null ? null : key.getBytes(UTF_8),
            start);
    rows.keep(Letter.of(record, kafka.topicPrefix()));
    return rows.newest();
  }

  private void forget() throws Exception {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      admin.deleteRecords(Map.of(fetched, RecordsToDelete.beforeOffset(-1))).all().get();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> lies() {
    try (var consumer =
        new KafkaConsumer<>(
            kafka.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(fetched));
      consumer.seekToBeginning(List.of(fetched));
      long end = consumer.endOffsets(List.of(fetched)).getOrDefault(fetched, 0L);
      var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      while (consumer.position(fetched) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found;
    }
  }
}
