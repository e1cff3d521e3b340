package dev.modgate.watcher.notify;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.happening.Happenings;
import dev.modgate.watcher.notify.message.Concerned;
import dev.modgate.watcher.notify.message.Told;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The tables `notification` and `notification_message`. Who has the lease of a channel works on
/// its rows alone.
final class MessageQueue {
  private static final String WAITING =
      " from notification n join happening h on h.id = n.happening_id"
          + " where n.channel = ? and n.message_id is null";

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  MessageQueue(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /// A message that is to be sent.
  ///
  /// @param events how many
  /// @param newest when the first of them happened
  /// @param refused how often it was understood and not taken
  record Open(String id, int events, Instant newest, int refused) {}

  /// Whether a message is open or may be made now. Looks at little.
  boolean isDue(String channel) {
    return open(channel).isPresent() || isReady(channel);
  }

  private boolean isReady(String channel) {
    return !jdbc.queryForList(
            "select 1 from notification where channel = ? and message_id is null"
                + " and ready_at <= ? limit 1",
            Integer.class,
            channel,
            ModuleRows.time(clock.instant()))
        .isEmpty();
  }

  private Optional<Open> open(String channel) {
    return jdbc
        .query(
            "select id, events, newest_at, refused from notification_message"
                + " where channel = ? and state = 'open'",
            (row, _) ->
                new Open(
                    row.getString(1),
                    row.getInt(2),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getInt(4)),
            channel)
        .stream()
        .findFirst();
  }

  /// The message whose turn it is: the open one, or else one of all that waits, where some of it
  /// has waited long enough.
  ///
  /// @param most events of a new message
  Optional<Open> next(String channel, int most) {
    Optional<Open> open = open(channel);
    if (open.isPresent() || !isReady(channel)) {
      return open;
    }
    return transaction.execute(_ -> Optional.of(make(channel, most)));
  }

  private record Piece(long happening, Instant at) {}

  private Open make(String channel, int most) {
    List<Piece> pieces =
        jdbc.query(
            "select h.id, h.at" + WAITING + " order by n.happening_id limit " + most,
            (row, _) ->
                new Piece(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()),
            channel);
    // a message is given up with the last of its events, not with the first
    Instant newest =
        pieces.stream().map(Piece::at).max(Instant::compareTo).orElseGet(clock::instant);
    var made =
        new Open("msg_" + UUID.randomUUID().toString().replace("-", ""), pieces.size(), newest, 0);
    jdbc.update(
        "insert into notification_message (id, channel, state, events, newest_at, created_at)"
            + " values (?,?,'open',?,?,?)",
        made.id(),
        channel,
        made.events(),
        ModuleRows.time(newest),
        ModuleRows.time(clock.instant()));
    jdbc.batchUpdate(
        "update notification set message_id = ? where channel = ? and happening_id = ?",
        pieces.stream()
            .map(piece -> new Object[] {made.id(), channel, piece.happening()})
            .toList());
    return made;
  }

  /// In the order in which they happened; without what this version can't read.
  List<Told> events(String message) {
    return jdbc
        .query(
            "select h.at, h.detail, h.concerned from notification n"
                + " join happening h on h.id = n.happening_id"
                + " where n.message_id = ? order by h.id",
            (row, _) -> told(row),
            message)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Told> told(ResultSet row) throws SQLException {
    Instant at = row.getObject(1, OffsetDateTime.class).toInstant();
    Optional<Happening> happening = Happenings.read(row.getString(2));
    String concerned = row.getString(3);
    return happening.map(happened ->
        new Told(
            at,
            happened,
            concerned == null
                ? Concerned.NOBODY
                : EventJson.mapper().readValue(concerned, Concerned.class)));
  }

  void sent(String message) {
    settle(message, "sent", null);
  }

  void givenUp(String message, String sentence) {
    settle(message, "given-up", StoredSentence.of(sentence));
  }

  private void settle(
      String message, String state, @org.jspecify.annotations.Nullable String sentence) {
    jdbc.update(
        "update notification_message set state = ?, settled_at = ?, sentence = ?"
            + " where id = ? and state = 'open'",
        state,
        ModuleRows.time(clock.instant()),
        sentence,
        message);
  }

  void failed(String message, String sentence, boolean refused) {
    jdbc.update(
        "update notification_message set attempts = attempts + 1, refused = refused + ?,"
            + " sentence = ? where id = ?",
        refused ? 1 : 0,
        StoredSentence.of(sentence),
        message);
  }
}
