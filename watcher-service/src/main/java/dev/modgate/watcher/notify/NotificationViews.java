package dev.modgate.watcher.notify;

import dev.modgate.watcher.happening.EventKind;
import dev.modgate.watcher.notify.NotificationsView.ChannelView;
import dev.modgate.watcher.notify.NotificationsView.MessageView;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.NamePattern;
import dev.modgate.watcher.notify.channel.Receiver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads notifications for the API.
final class NotificationViews {
  private final JdbcTemplate jdbc;
  private final List<Channel> channels;

  NotificationViews(JdbcTemplate jdbc, List<Channel> channels) {
    this.jdbc = jdbc;
    this.channels = List.copyOf(channels);
  }

  /// @param recent most messages
  NotificationsView all(int recent) {
    List<MessageView> messages =
        jdbc.query(
            "select * from notification_message order by created_at desc, id limit ?",
            (row, _) -> message(row),
            recent);
    return new NotificationsView(channels.stream().map(this::channel).toList(), messages);
  }

  private ChannelView channel(Channel channel) {
    return jdbc
        .query(
            "select * from notification_channel where channel = ?",
            (row, _) -> row(row),
            channel.name())
        .stream()
        .findFirst()
        .orElse(Row.NEW)
        .view(channel, waiting(channel.name()));
  }

  private long waiting(String channel) {
    Long waiting =
        jdbc.queryForObject(
            "select (select count(*) from notification where channel = ? and message_id is null)"
                + " + (select coalesce(sum(events), 0) from notification_message"
                + " where channel = ? and state = 'open')",
            Long.class,
            channel,
            channel);
    return waiting == null ? 0 : waiting;
  }

  private record Row(
      boolean gone,
      int failures,
      long sent,
      long givenUp,
      @Nullable Instant lastSuccess,
      @Nullable String lastError,
      @Nullable Instant lastErrorAt,
      @Nullable Instant notBefore) {
    private static final Row NEW = new Row(false, 0, 0, 0, null, null, null, null);

    private ChannelView view(Channel channel, long waiting) {
      return new ChannelView(
          channel.name(),
          channel.receiver().kind().wireName(),
          receiver(channel.receiver()),
          channel.language().wireName(),
          channel.events().stream().sorted().map(EventKind::wireName).toList(),
          channel.route().sources().stream().map(NamePattern::text).toList(),
          channel.route().owners().stream().map(NamePattern::text).toList(),
          gone ? "gone" : failures > 0 ? "failing" : "ok",
          waiting,
          sent,
          givenUp,
          lastSuccess,
          lastError,
          lastErrorAt,
          failures > 0 ? notBefore : null);
    }
  }

  private static String receiver(Receiver receiver) {
    return switch (receiver) {
      case Receiver.Http http -> http.url().toString();
      case Receiver.Mail mail -> mail.host() + ":" + mail.port();
    };
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("gone_at") != null,
        row.getInt("failures"),
        row.getLong("sent"),
        row.getLong("given_up"),
        instant(row, "last_success"),
        row.getString("last_error"),
        instant(row, "last_error_at"),
        instant(row, "not_before"));
  }

  private static MessageView message(ResultSet row) throws SQLException {
    return new MessageView(
        row.getString("id"),
        row.getString("channel"),
        row.getString("state"),
        row.getInt("events"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"),
        instant(row, "settled_at"),
        row.getString("sentence"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
