package dev.modgate.watcher.letter;

import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.DeadLetter;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.outbox.Outbox;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/// Retries and discards letters. Each retry is a transaction of its own, which ends after the
/// broker has the record: a crash in between sends it twice, which its way can bear.
final class LetterWork {
  /// Of one request.
  static final int MOST = 200;

  private final LetterRows rows;
  private final LetterModules modules;
  private final TransactionTemplate transaction;
  private final KafkaSettings kafka;
  private final Outbox outbox;
  private final Clock clock;

  LetterWork(
      LetterRows rows,
      LetterModules modules,
      TransactionTemplate transaction,
      KafkaSettings kafka,
      Outbox outbox,
      Clock clock) {
    this.rows = rows;
    this.modules = modules;
    this.transaction = transaction;
    this.kafka = kafka;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// What was done.
  ///
  /// @param changed letters that are letters no more
  /// @param last id that was looked at; empty where none is left behind it
  record Done(List<Long> changed, List<Stay> stays, Optional<Long> last) {}

  /// A letter that could not be retried.
  record Stay(long id, String sentence) {}

  /// What is to become of one letter.
  sealed interface Way {
    /// @param sentence for people
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Send(byte @Nullable [] key, byte @Nullable [] value, String sentence) implements Way {}

    record Ask(NamedModule named) implements Way {}

    record None(String sentence) implements Way {}
  }

  /// @param by who wants it
  Done discard(LetterRows.Selection selection, String by) {
    List<Long> found = rows.next(selection, MOST + 1);
    List<Long> ids = found.subList(0, Math.min(MOST, found.size()));
    var changed = new ArrayList<Long>();
    transaction.executeWithoutResult(_ -> {
      for (Long id : ids) {
        if (rows.lock(id).isPresent()) {
          rows.change(id, Letter.State.DISCARDED, by, "discarded", clock.instant());
          changed.add(id);
        }
      }
    });
    return done(changed, List.of(), ids, found.size() > MOST);
  }

  /// @param by who wants it
  /// @throws org.apache.kafka.common.KafkaException when the broker is away; what was done before
  ///   stays done
  Done retry(LetterRows.Selection selection, String by) {
    List<Long> found = rows.next(selection, MOST + 1);
    List<Long> ids = found.subList(0, Math.min(MOST, found.size()));
    var changed = new ArrayList<Long>();
    var stays = new ArrayList<Stay>();
    if (ids.isEmpty()) {
      return new Done(changed, stays, Optional.empty());
    }
    try (var topics = new OriginTopics(kafka)) {
      for (Long id : ids) {
        Optional<String> stay =
            Objects.requireNonNull(
                transaction.execute(
                    _ -> rows.lock(id).flatMap(letter -> retry(letter, by, topics))));
        if (stay.isPresent()) {
          stays.add(new Stay(id, stay.get()));
        } else {
          changed.add(id);
        }
      }
    } finally {
      outbox.wakeRelay();
    }
    return done(changed, stays, ids, found.size() > MOST);
  }

  private static Done done(List<Long> changed, List<Stay> stays, List<Long> ids, boolean more) {
    return new Done(changed, stays, more ? Optional.of(ids.getLast()) : Optional.empty());
  }

  /// @return why it stays a letter; empty where it does not
  private Optional<String> retry(LetterRows.Open letter, String by, OriginTopics topics) {
    return switch (way(letter, topics)) {
      case Way.Send send -> {
        Letter.Place origin = letter.origin().orElseThrow();
        topics.sendAgain(origin.topic(), send.key(), send.value(), letter.id());
        Topic topic = Letter.topic(origin.topic(), kafka.topicPrefix()).orElseThrow();
        NamedModule.event(topic, send.value())
            .ifPresent(event -> modules.onItsWay(event, letter.id(), clock.instant()));
        rows.change(letter.id(), Letter.State.RETRIED, by, send.sentence(), clock.instant());
        yield Optional.empty();
      }
      case Way.Ask(var named) -> {
        Optional<String> asked = modules.askAnew(named, letter.id(), clock.instant());
        if (asked.isEmpty()) {
          yield stays(
              letter,
              "the record is gone, and nobody here ever asked for "
                  + named.module()
                  + "; ask for it with: modgate sync "
                  + named.module());
        }
        rows.change(letter.id(), Letter.State.RETRIED, by, asked.get(), clock.instant());
        yield Optional.empty();
      }
      case Way.None(var sentence) -> stays(letter, sentence);
    };
  }

  private Optional<String> stays(LetterRows.Open letter, String sentence) {
    rows.stays(letter.id(), sentence);
    return Optional.of(sentence);
  }

  private Way way(LetterRows.Open letter, OriginTopics topics) {
    if (letter.origin().isEmpty()) {
      return new Way.None("it does not say of which topic of Modgate its record was");
    }
    Letter.Place origin = letter.origin().get();
    Optional<ConsumerRecord<byte[], byte[]>> whole =
        topics.read(origin).filter(read -> isOf(letter, read));
    if (whole.isPresent()) {
      return new Way.Send(
          whole.get().key(), whole.get().value(), "sent again as it lay at " + origin);
    }
    if (letter.isWhole()) {
      return new Way.Send(
          letter.key(),
          letter.valueStart(),
          origin + " has forgotten it; sent again as the letter has it, which is all of it");
    }
    return NamedModule.in(letter.valueStart())
        .<Way>map(Way.Ask::new)
        .orElseGet(() ->
            new Way.None(
                origin
                    + " has forgotten it, the letter has the first "
                    + DeadLetter.MAX_VALUE
                    + " of "
                    + letter.valueSize()
                    + " bytes, and they name no module version"));
  }

  /// A topic that was made anew has other records at the same places.
  private static boolean isOf(LetterRows.Open letter, ConsumerRecord<byte[], byte[]> read) {
    byte @Nullable [] value = read.value();
    return (value == null ? 0 : value.length) == letter.valueSize()
        && begins(read.key(), letter.key())
        && begins(value, letter.valueStart());
  }

  private static boolean begins(byte @Nullable [] whole, byte @Nullable [] beginning) {
    int most = beginning == null ? 0 : beginning.length;
    int length = whole == null ? 0 : whole.length;
    return length >= most
        && (most == 0 || Arrays.equals(whole, 0, most, beginning, 0, most))
        && (length == most || most >= DeadLetter.MAX_VALUE);
  }
}
