package dev.modgate.watcher.doctor;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.watcher.status.OpenLetters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/// Whether the database answers, and what time it has.
final class DatabaseLook {
  private static final String NAME = "database";
  private static final Duration LONG_WAIT = Duration.ofHours(1);

  private final JdbcTemplate jdbc;
  private final OpenLetters letters;
  private final Clock clock;

  DatabaseLook(JdbcTemplate jdbc, OpenLetters letters, Clock clock) {
    this.jdbc = jdbc;
    this.letters = letters;
    this.clock = clock;
  }

  Finding database() {
    try {
      Instant before = clock.instant();
      Instant its =
          Objects.requireNonNull(
                  jdbc.queryForObject("select current_timestamp", OffsetDateTime.class), "a clock")
              .toInstant();
      Instant after = clock.instant();
      Duration ahead =
          its.isBefore(before)
              ? Duration.between(before, its)
              : its.isAfter(after) ? Duration.between(after, its) : Duration.ZERO;
      long millis = Duration.between(before, after).toMillis();
      return ClockSkew.of("its", ahead)
          .map(sentence -> Finding.problem(NAME, sentence, ClockSkew.REMEDY))
          .orElseGet(() -> Finding.ok(NAME, "answers in " + millis + " ms"));
    } catch (DataAccessException e) {
      return unreadable(NAME, e);
    }
  }

  /// Those that wait for somebody.
  Finding deadLetters() {
    String name = "dead letters";
    try {
      long open = letters.count();
      return open == 0
          ? Finding.ok(name, "none is open")
          : Finding.problem(
              name,
              open + " open",
              "modgate dead-letters list shows their causes; retry them once the cause is gone, or"
                  + " discard them");
    } catch (DataAccessException e) {
      return unreadable(name, e);
    }
  }

  /// @param paused whether a stage pauses: then it is no wonder that requests wait
  Finding requests(boolean paused) {
    String name = "requests";
    try {
      List<Finding> found =
          jdbc.query(
              "select count(*) - count(sent_at), count(sent_at), min(sent_at) from outbox",
              (row, _) -> {
                OffsetDateTime oldest = row.getObject(3, OffsetDateTime.class);
                Duration age =
                    oldest == null
                        ? Duration.ZERO
                        : Duration.between(oldest.toInstant(), clock.instant());
                String sentence =
                    row.getLong(1)
                        + " to send, "
                        + row.getLong(2)
                        + " wait for an answer"
                        + (oldest == null ? "" : ", the oldest for " + minutes(age));
                return !paused && age.compareTo(LONG_WAIT) > 0
                    ? Finding.problem(
                        name,
                        sentence,
                        "modgate status shows which stage is behind; after"
                            + " modgate.watcher.requests.resend-after it is asked again")
                    : Finding.ok(name, sentence);
              });
      return found.getFirst();
    } catch (DataAccessException e) {
      return unreadable(name, e);
    }
  }

  private static String minutes(Duration age) {
    return age.toMinutes() < 1 ? "less than a minute" : age.toMinutes() + " min";
  }

  private static Finding unreadable(String name, DataAccessException e) {
    Throwable cause = e.getMostSpecificCause();
    return Finding.problem(
        name,
        "can't be asked: " + Plain.of(String.valueOf(cause.getMessage())),
        "see that the database runs, and that modgate.watcher.database names it; meanwhile results"
            + " wait in kafka");
  }
}
