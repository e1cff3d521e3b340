package dev.modgate.watcher.tick;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// A tick as the API shows it.
///
/// @param changed rises with each change
/// @param state what is to be shown: `pending`, `success` or `failure`
/// @param delivery `sent`; `waiting` for its turn; `failing`, to be tried again; `not-sent`, and
///   will not be
/// @param sentState what the host shows, where it was ever told something
/// @param attempts that failed
/// @param sentence why it is not sent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TickView(
    @JsonIgnore long changed,
    String repository,
    String commit,
    @Nullable String sync,
    String state,
    String description,
    String link,
    Instant changedAt,
    String delivery,
    @Nullable String sentState,
    @Nullable Instant sentAt,
    int attempts,
    @Nullable Instant nextTry,
    @Nullable String sentence) {

  static TickView of(ResultSet row) throws SQLException {
    Instant nextTry = instant(row, "next_try");
    int attempts = row.getInt("attempts");
    boolean sent = row.getLong("sent_changed") == row.getLong("changed");
    String delivery =
        sent ? "sent" : nextTry == null ? "not-sent" : attempts > 0 ? "failing" : "waiting";
    return new TickView(
        row.getLong("changed"),
        row.getString("repository"),
        row.getString("commit_id"),
        row.getString("sync_id"),
        row.getString("state"),
        row.getString("description"),
        row.getString("link"),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        delivery,
        row.getString("sent_state"),
        instant(row, "sent_at"),
        attempts,
        nextTry,
        row.getString("sentence"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
