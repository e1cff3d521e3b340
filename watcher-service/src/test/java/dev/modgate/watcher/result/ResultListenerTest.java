package dev.modgate.watcher.result;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.DeadLetter;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.pause.OwnPauses;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class ResultListenerTest extends OnEachDatabase {
  private static final String PUBLISHED = Topic.MODULE_PUBLISHED.name("m.");
  private static final TopicPartition ONE = new TopicPartition(PUBLISHED, 1);
  private static final TopicPartition TWO = new TopicPartition(PUBLISHED, 2);
  private static final byte[] NEWER = "{\"eventVersion\":2,\"x\":true}".getBytes(UTF_8);
  private static final byte[] INCOMPLETE =
      "{\"eventVersion\":1,\"sentence\":\"x\"}".getBytes(UTF_8);

  private final MockProducer<String, byte[]> letters =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final ResultTrouble trouble =
      new ResultTrouble(new OwnPauses(Clock.systemUTC()), Clock.systemUTC());
  private ResultListener listener;
  private ModuleRequested a;
  private ModuleRequested b;
  private ModuleRequested c;

  @BeforeEach
  void askForThree() {
    consumer.assign(List.of(ONE, TWO));
    consumer.updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
    listener = new ResultListener(watcher.results, () -> letters, trouble, "m.");
    watcher.sync(
        "test",
        "example.com/a v1.0.0 " + HASH,
        "example.com/b v1.0.0 " + HASH,
        "example.com/c v1.0.0 " + HASH);
    List<ModuleRequested> requests = watcher.requests();
    a = requests.get(0);
    b = requests.get(1);
    c = requests.get(2);
  }

  @AfterEach
  void allowAll() {
    watcher.jdbc.execute("alter table timeline drop constraint if exists no_poison");
  }

  @Test
  void whatCantBeReadGoesToTheDeadLettersAndStopsNothing() {
    take(
        record(ONE, 0, null),
        record(ONE, 1, INCOMPLETE),
        record(ONE, 2, "garbage".getBytes(UTF_8)),
        inside(ONE, 3, a));

    assertThat(state(a)).isEqualTo("inside");
    assertThat(letters.history())
        .extracting(letter -> header(letter, DeadLetter.ORIGIN_OFFSET))
        .containsExactly("0", "1", "2");
    assertThat(committed(ONE)).isEqualTo(4);
  }

  @Test
  void aDeadLetterIsTheWholeRecordWithItsOrigin() {
    byte[] large = ("{" + " ".repeat(100_000)).getBytes(UTF_8);
    var from = record(ONE, 7, large);
    from.headers().add("traceparent", "00-1-2-01".getBytes(UTF_8));

    take(from);

    ProducerRecord<String, byte[]> letter = letters.history().getFirst();
    assertThat(letter.topic()).isEqualTo("m.module-published.dlt");
    assertThat(letter.key()).isEqualTo("key");
    assertThat(letter.value()).isEqualTo(large);
    assertThat(header(letter, DeadLetter.ORIGIN_TOPIC)).isEqualTo(PUBLISHED);
    assertThat(header(letter, DeadLetter.ORIGIN_PARTITION)).isEqualTo("1");
    assertThat(header(letter, DeadLetter.ORIGIN_OFFSET)).isEqualTo("7");
    assertThat(header(letter, DeadLetter.VALUE_SIZE)).isEqualTo("100001");
    assertThat(header(letter, DeadLetter.GROUP)).isEqualTo("m.watcher");
    assertThat(header(letter, DeadLetter.CAUSE)).contains("record is no ModulePublished");
    assertThat(header(letter, DeadLetter.STACK)).contains("at dev.modgate.pipeline.event");
    assertThat(header(letter, "traceparent")).isEqualTo("00-1-2-01");
  }

  @Test
  void theOneAnswerThatTheDatabaseRefusesGoesToTheDeadLettersWithItsStack() {
    refuse(b);

    take(inside(ONE, 0, a), inside(ONE, 1, b), inside(ONE, 2, c));

    assertThat(List.of(state(a), state(b), state(c)))
        .containsExactly("inside", "requested", "inside");
    assertThat(letters.history()).hasSize(1);
    assertThat(header(letters.history().getFirst(), DeadLetter.ORIGIN_OFFSET)).isEqualTo("1");
    assertThat(header(letters.history().getFirst(), DeadLetter.STACK))
        .contains("DataIntegrityViolationException", Results.class.getName());
    assertThat(committed(ONE)).isEqualTo(3);
    assertThat(trouble.sentences()).isEmpty();
  }

  @Test
  void whileTheDatabaseIsAwayNothingIsLostAndTheStatusSaysSo() {
    watcher.crashes.beAway(2);
    var records = List.of(record(ONE, 0, INCOMPLETE), inside(ONE, 1, a));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> listener.onMessage(records, consumer))
          .isInstanceOf(CannotCreateTransactionException.class);
      assertThat(consumer.committed(java.util.Set.of(ONE))).doesNotContainKey(ONE);
      assertThat(letters.history()).as("only when the others are applied").isEmpty();
      assertThat(trouble.sentences()).singleElement().asString().contains("can't be taken now");
    }
    listener.onMessage(records, consumer);

    assertThat(state(a)).isEqualTo("inside");
    assertThat(letters.history()).hasSize(1);
    assertThat(committed(ONE)).isEqualTo(2);
    assertThat(trouble.sentences()).isEmpty();
  }

  @Test
  void anAnswerIsNotCommittedBeforeItsDeadLetterIsTaken() {
    letters.sendException = new KafkaException("disk full");

    assertThatThrownBy(() -> take(record(ONE, 0, INCOMPLETE))).isInstanceOf(KafkaException.class);
    assertThat(consumer.committed(java.util.Set.of(ONE))).doesNotContainKey(ONE);
    letters.sendException = null;
    take(record(ONE, 0, INCOMPLETE));

    assertThat(letters.history()).hasSize(1);
  }

  @Test
  void aRecordOfNewerCodeHoldsItsPartitionAndNoOther() {
    take(
        inside(ONE, 0, a),
        record(ONE, 1, INCOMPLETE),
        record(ONE, 2, NEWER),
        inside(ONE, 3, b),
        inside(TWO, 0, c));

    assertThat(List.of(state(a), state(b), state(c)))
        .containsExactly("inside", "requested", "inside");
    assertThat(letters.history()).hasSize(1);
    assertThat(committed(ONE)).isEqualTo(2);
    assertThat(committed(TWO)).isEqualTo(1);
    assertThat(consumer.position(ONE)).isEqualTo(2);
    assertThat(consumer.paused()).containsExactly(ONE);
    assertThat(trouble.sentences())
        .containsExactly(
            "results wait: m.module-published-1@2: event version 2 is newer than 1, which this code"
                + " reads: upgrade it");
  }

  @Test
  void aPartitionIsNoLongerHeldWhenItGoesOnOrToAnother() {
    take(record(ONE, 0, NEWER), record(TWO, 0, NEWER));

    take(inside(ONE, 0, a));
    assertThat(trouble.sentences()).singleElement().asString().contains("published-2@0");
    trouble.onPartitionsRevoked(List.of(TWO));

    assertThat(trouble.sentences()).isEmpty();
  }

  @Test
  void whatWentToAnotherBetweenTwoTriesIsNotCommitted() {
    consumer.assign(List.of(ONE));

    take(inside(ONE, 0, a), inside(TWO, 0, b), record(TWO, 1, NEWER));

    assertThat(committed(ONE)).isEqualTo(1);
    assertThat(consumer.committed(java.util.Set.of(TWO))).doesNotContainKey(TWO);
    assertThat(trouble.sentences()).isEmpty();
  }

  @SafeVarargs
  private void take(ConsumerRecord<String, byte[]>... records) {
    listener.onMessage(List.of(records), consumer);
  }

  private static ConsumerRecord<String, byte[]> inside(
      TopicPartition partition, long offset, ModuleRequested request) {
    return record(partition, offset, EventJson.write(published(request, HASH)));
  }

  @SuppressWarnings("NullAway") // as Kafka does for a tombstone
  private static ConsumerRecord<String, byte[]> record(
      TopicPartition partition, long offset, byte @org.jspecify.annotations.Nullable [] value) {
    return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", value);
  }

  private void refuse(ModuleRequested request) {
    watcher.jdbc.execute(
        "alter table timeline add constraint no_poison check (event = 'requested' or request_id <> '"
            + request.request().id()
            + "')");
  }

  private String state(ModuleRequested request) {
    return watcher.module(request.module().toString()).wants().getFirst().state();
  }

  private long committed(TopicPartition partition) {
    return Objects.requireNonNull(consumer.committed(Set.of(partition)).get(partition)).offset();
  }

  private static String header(ProducerRecord<?, ?> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }
}
