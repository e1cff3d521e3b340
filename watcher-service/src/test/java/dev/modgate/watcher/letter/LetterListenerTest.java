package dev.modgate.watcher.letter;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.fetched;
import static dev.modgate.watcher.letter.Letters.FETCHED;
import static dev.modgate.watcher.letter.Letters.letter;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.stage.DeadLetter;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.retention.Purges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class LetterListenerTest extends OnEachDatabase {
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private LetterListener listener;
  private LetterRows rows;
  private LetterViews views;

  @BeforeEach
  void listen() {
    consumer.assign(List.of(FETCHED));
    consumer.updateBeginningOffsets(Map.of(FETCHED, 0L));
    rows = new LetterRows(watcher.jdbc);
    views = new LetterViews(watcher.jdbc);
    listener = new LetterListener(rows, watcher.transaction, watcher.results, "m.");
  }

  @SafeVarargs
  private void take(ConsumerRecord<byte[], byte[]>... records) {
    listener.onMessage(List.of(records), consumer);
  }

  private List<LetterView> list() {
    return views.page(Letters.all(), 200).letters();
  }

  private long committed() {
    return Objects.requireNonNull(consumer.committed(Set.of(FETCHED)).get(FETCHED)).offset();
  }

  @Test
  void keepsWhatALetterSays() {
    take(letter(7, "java.lang.IllegalStateException: \"x\" is 5"));

    LetterView listed = list().getFirst();
    assertThat(listed.stage()).isEqualTo("verify");
    assertThat(listed.group()).isEqualTo("m.verifier");
    assertThat(listed.diedAt()).isEqualTo(Instant.ofEpochMilli(Letters.AT));
    assertThat(listed.cause()).isEqualTo("java.lang.IllegalStateException: \"x\" is 5");
    assertThat(listed.origin()).isEqualTo(new LetterView.Origin("m.module-fetched", 3, 7));
    assertThat(listed.key()).isEqualTo("key");
    assertThat(listed.valueSize()).isEqualTo(5);
    assertThat(listed.state()).isEqualTo("letter");
    assertThat(listed.retries()).isZero();
    assertThat(listed.content()).isNull();
    LetterView shown = views.find(listed.id()).orElseThrow();
    assertThat(Objects.requireNonNull(shown.content()).stack()).contains("at somewhere");
    assertThat(shown.content().value()).isEqualTo("value");
    assertThat(rows.open()).isEqualTo(1);
  }

  @Test
  void whatComesAgainIsKeptOnceAndWhatABrokerMadeAnewHasIsNotTheSame() {
    take(letter(0, "a"), letter(1, "b"));

    take(letter(0, "a"), letter(1, "b"), letter(2, "c"));

    assertThat(list()).extracting(LetterView::cause).containsExactly("c", "b", "a");
    assertThat(committed()).isEqualTo(3);
    var anew = letter(0, "d");
    take(Letters.record(0, Letters.AT + 1, anew.headers(), anew.key(), anew.value()));
    assertThat(list()).hasSize(4);
  }

  @Test
  void nothingIsCommittedWhileTheDatabaseIsAway() {
    watcher.crashes.beAway(1);

    assertThatThrownBy(() -> take(letter(0, "a")))
        .isInstanceOf(CannotCreateTransactionException.class);
    assertThat(consumer.committed(Set.of(FETCHED))).doesNotContainKey(FETCHED);
    take(letter(0, "a"));

    assertThat(list()).hasSize(1);
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void aLetterOfAnybodyIsKeptAsFarAsItGoes() {
    var garbage = new RecordHeaders();
    garbage.add(DeadLetter.CAUSE, ("\0" + "x".repeat(5_000)).getBytes(UTF_8));
    garbage.add(DeadLetter.ORIGIN_TOPIC, "another-topic".getBytes(UTF_8));
    garbage.add(DeadLetter.ORIGIN_PARTITION, "-1".getBytes(UTF_8));
    garbage.add(DeadLetter.ORIGIN_OFFSET, "9".repeat(30).getBytes(UTF_8));
    garbage.add(DeadLetter.RETRY_OF, "12".getBytes(UTF_8));
    garbage.add(DeadLetter.STACK, new byte[] {(byte) 0xff, 0});

    take(
        Letters.record(0, -1, garbage, null, null),
        Letters.record(1, Letters.AT, new RecordHeaders(), new byte[9_000], new byte[300_000]),
        letter(2, "a", DeadLetter.GROUP, "another"));

    assertThat(list()).hasSize(3).allMatch(letter -> letter.stage().equals("unknown"));
    assertThat(list().get(1).valueSize()).isEqualTo(300_000);
    assertThat(list().get(2).cause()).hasSize(1024).startsWith("\ufffdx");
    assertThat(list().get(2).origin()).isNull();
    assertThat(list().get(2).retryOf()).as("no such letter is known").isNull();
    assertThat(committed()).isEqualTo(3);
  }

  @Test
  void aRecordThatDiesAgainNamesItsEarlierLetterAndCounts() {
    take(letter(0, "a"));
    long first = list().getFirst().id();
    take(letter(1, "a", DeadLetter.RETRY_OF, first));
    long second = list().getFirst().id();

    take(letter(2, "a", DeadLetter.RETRY_OF, second));

    assertThat(list()).extracting(LetterView::retries).containsExactly(2, 1, 0);
    assertThat(list()).extracting(LetterView::retryOf).containsExactly(second, first, null);
  }

  @Test
  void anUnreadableRecordThatNamesItsRequestKeepsNoSyncWaiting() {
    String sync = watcher.sync("test", "example.com/a v1.0.0 " + HASH);
    ModuleRequested request = watcher.request();
    String broken =
        new String(EventJson.write(fetched(request)), UTF_8).replace("\"fetch\":{", "\"fetch\":[{");
    var letter = letter(0, "UnreadableEventException: record is no ModuleFetched");

    take(Letters.record(0, Letters.AT, letter.headers(), null, broken.getBytes(UTF_8)));

    assertThat(watcher.item(sync).state()).isEqualTo("rejected");
    assertThat(watcher.item(sync).sentence()).contains("can't be read", "no ModuleFetched");
    assertThat(watcher.view(sync).state()).isEqualTo("failed");
  }

  @Test
  void aReadableRecordWasAnsweredByItsStage() {
    String sync = watcher.sync("test", "example.com/a v1.0.0 " + HASH);
    byte[] whole = EventJson.write(fetched(watcher.request()));
    var letter = letter(0, "boom");

    take(Letters.record(0, Letters.AT, letter.headers(), null, whole));

    assertThat(watcher.item(sync).state()).isEqualTo("requested");
  }

  @Test
  void causesAreCountedAndThoseThatWaitComeFirst() {
    take(letter(0, "boom 1"), letter(1, "boom 2"), letter(2, "other"), letter(3, "gone 3"));
    LetterView gone = list().getFirst();
    rows.change(gone.id(), Letter.State.DISCARDED, "ada", "discarded", watcher.clock.instant());

    List<LetterView.Cause> causes = views.causes();

    assertThat(causes)
        .extracting(LetterView.Cause::form)
        .startsWith("boom _")
        .endsWith("gone _")
        .hasSize(3);
    assertThat(causes.getFirst().open()).isEqualTo(2);
    assertThat(causes.getLast().discarded()).isEqualTo(1);
    assertThat(causes.getFirst().key()).isEqualTo(list().getLast().causeKey());
  }

  @Test
  void listsAreFilteredAndComeInPages() {
    for (int i = 0; i < 5; i++) {
      take(letter(i, i % 2 == 0 ? "even" : "odd"));
    }
    String even = list().getFirst().causeKey();
    var filter =
        new LetterViews.Filter(
            Optional.of("verify"),
            Optional.of(even),
            Optional.of(Letter.State.LETTER),
            Optional.empty());

    LetterView.Page first = views.page(filter, 2);
    LetterView.Page second =
        views.page(
            new LetterViews.Filter(
                filter.stage(), filter.cause(), filter.state(), Optional.ofNullable(first.next())),
            2);

    assertThat(first.letters()).hasSize(2);
    assertThat(second.letters()).hasSize(1);
    assertThat(second.next()).isNull();
  }

  @Test
  void whatWasDecidedLongAgoIsForgottenAndWhatWaitsIsNot() {
    take(letter(0, "a"), letter(1, "b"));
    rows.change(
        list().getFirst().id(), Letter.State.RETRIED, "ada", "sent", watcher.clock.instant());
    watcher.clock.advance(Duration.ofDays(4_000));

    int purged =
        Purges.purge(watcher, LetterConfiguration.letterRetention(watcher.jdbc, Purges.DEFAULTS));

    assertThat(purged).isEqualTo(1);
    assertThat(list()).extracting(LetterView::state).containsExactly("letter");
  }
}
