package dev.modgate.watcher.idempotency;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `idempotent_request` table. For many threads, and several watchers on one database.
final class KeyedRequests {
  /// Longer than any request takes.
  static final Duration LEASE = Duration.ofMinutes(10);

  private final JdbcTemplate jdbc;
  private final Duration keep;
  private final Clock clock;

  /// @param keep how long an answer is given again
  KeyedRequests(JdbcTemplate jdbc, Duration keep, Clock clock) {
    this.jdbc = jdbc;
    this.keep = keep;
    this.clock = clock;
  }

  /// What a key names.
  ///
  /// @param path with its query
  record Keyed(String key, String method, String path, String bodySha256) {}

  record Answer(int status, @Nullable String contentType, @Nullable String location, String text) {}

  sealed interface Begin {
    /// It is to be done, and then answered or given up.
    record Yours(String lease) implements Begin {}

    record Answered(Answer answer) implements Begin {}

    /// Somebody works on it.
    record Running() implements Begin {}

    /// The key names something else.
    record Other() implements Begin {}
  }

  Begin begin(Keyed request) {
    while (true) {
      Instant now = clock.instant();
      String lease = UUID.randomUUID().toString();
      jdbc.update( // what is too old, and what somebody began who is no more
          "delete from idempotent_request where key_text = ?"
              + " and (begun_at < ? or leased_until < ?)",
          request.key(),
          ModuleRows.time(now.minus(keep)),
          ModuleRows.time(now));
      Optional<Begin> known = find(request);
      if (known.isPresent()) {
        return known.get();
      }
      try {
        jdbc.update(
            "insert into idempotent_request (key_text, method, path, body_sha256, lease,"
                + " leased_until, begun_at) values (?,?,?,?,?,?,?)",
            request.key(),
            request.method(),
            request.path(),
            request.bodySha256(),
            lease,
            ModuleRows.time(now.plus(LEASE)),
            ModuleRows.time(now));
        return new Begin.Yours(lease);
      } catch (DuplicateKeyException e) {
        // another was first: look again
      }
    }
  }

  private Optional<Begin> find(Keyed request) {
    return jdbc
        .query(
            "select * from idempotent_request where key_text = ?",
            (row, _) -> {
              var known =
                  new Keyed(
                      request.key(),
                      row.getString("method"),
                      row.getString("path"),
                      row.getString("body_sha256"));
              if (!known.equals(request)) {
                return (Begin) new Begin.Other();
              }
              return row.getString("lease") != null
                  ? new Begin.Running()
                  : new Begin.Answered(
                      new Answer(
                          row.getInt("status"),
                          row.getString("content_type"),
                          row.getString("location"),
                          row.getString("answer")));
            },
            request.key())
        .stream()
        .findFirst();
  }

  /// Keeps an answer; nothing where somebody else has the key by now.
  void answered(Keyed request, String lease, Answer answer) {
    jdbc.update(
        "update idempotent_request set lease = null, leased_until = null, status = ?,"
            + " content_type = ?, location = ?, answer = ? where key_text = ? and lease = ?",
        answer.status(),
        answer.contentType(),
        answer.location(),
        answer.text(),
        request.key(),
        lease);
  }

  /// Whoever comes next does it anew.
  void givenUp(Keyed request, String lease) {
    jdbc.update(
        "delete from idempotent_request where key_text = ? and lease = ?", request.key(), lease);
  }
}
