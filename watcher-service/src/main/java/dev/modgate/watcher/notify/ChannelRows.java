package dev.modgate.watcher.notify;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `notification_channel` table: one watcher at a time sends to a channel, for as long as its
/// lease lasts.
final class ChannelRows {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelRows.class);

  /// Longer than any receiver takes to answer, or not to.
  static final Duration LEASE = Duration.ofMinutes(3);

  private final JdbcTemplate jdbc;
  private final Clock clock;

  ChannelRows(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// @param failures in a row
  record Lease(String id, String channel, int failures, boolean gone) {}

  /// So that there is a row for it.
  void settle(String channel) {
    if (!jdbc.queryForList(
            "select 1 from notification_channel where channel = ?", Integer.class, channel)
        .isEmpty()) {
      return;
    }
    try {
      jdbc.update(
          "insert into notification_channel (channel, not_before) values (?,?)",
          channel,
          ModuleRows.time(Instant.EPOCH));
    } catch (DuplicateKeyException e) {
      LOG.debug("another watcher noted channel {} first", channel);
    }
  }

  /// @return empty where it is not its turn, or another has it
  Optional<Lease> lease(String channel) {
    OffsetDateTime now = ModuleRows.time(clock.instant());
    String id = UUID.randomUUID().toString();
    int taken =
        jdbc.update(
            "update notification_channel set lease = ?, leased_until = ? where channel = ?"
                + " and not_before <= ? and (leased_until is null or leased_until <= ?)",
            id,
            now.plus(LEASE),
            channel,
            now,
            now);
    return taken == 0
        ? Optional.empty()
        : jdbc
            .query(
                "select failures, gone_at from notification_channel where channel = ?"
                    + " and lease = ?",
                (row, _) -> new Lease(id, channel, row.getInt(1), row.getObject(2) != null),
                channel,
                id)
            .stream()
            .findFirst();
  }

  void release(Lease lease) {
    jdbc.update(
        "update notification_channel set lease = null, leased_until = null"
            + " where channel = ? and lease = ?",
        lease.channel(),
        lease.id());
  }

  void sent(String channel, int events, Instant notBefore) {
    jdbc.update(
        "update notification_channel set failures = 0, sent = sent + ?, last_success = ?,"
            + " gone_at = null, not_before = ? where channel = ?",
        events,
        ModuleRows.time(clock.instant()),
        ModuleRows.time(notBefore),
        channel);
  }

  void failed(String channel, String sentence, Instant notBefore) {
    jdbc.update(
        "update notification_channel set failures = failures + 1, last_error = ?,"
            + " last_error_at = ?, not_before = ? where channel = ?",
        StoredSentence.of(sentence),
        ModuleRows.time(clock.instant()),
        ModuleRows.time(notBefore),
        channel);
  }

  void gaveUp(String channel, int events) {
    jdbc.update(
        "update notification_channel set given_up = given_up + ? where channel = ?",
        events,
        channel);
  }

  void gone(String channel) {
    jdbc.update(
        "update notification_channel set gone_at = coalesce(gone_at, ?) where channel = ?",
        ModuleRows.time(clock.instant()),
        channel);
  }

  void later(String channel, Instant notBefore) {
    jdbc.update(
        "update notification_channel set not_before = ? where channel = ?",
        ModuleRows.time(notBefore),
        channel);
  }

  /// For a message that nobody waits for: right away where the channel fails, and else in turn with
  /// what it sends.
  ///
  /// @return whether it may be sent
  boolean takeTurn(String channel, Duration gap) {
    Instant now = clock.instant();
    return jdbc.update(
            "update notification_channel set not_before = case when failures = 0 then ? else"
                + " not_before end where channel = ? and (failures > 0 or not_before <= ?)",
            ModuleRows.time(now.plus(gap)),
            channel,
            ModuleRows.time(now))
        == 1;
  }
}
