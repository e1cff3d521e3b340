package dev.modgate.watcher.poll;

import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.poll.SourceHealth.MissedCommit;
import dev.modgate.watcher.source.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// How well sources are heard, from what the database knows.
public final class SourceHealths {
  private final JdbcTemplate jdbc;
  private final Deliveries deliveries;

  SourceHealths(JdbcTemplate jdbc, Deliveries deliveries) {
    this.jdbc = jdbc;
    this.deliveries = deliveries;
  }

  public SourceHealth of(Source source) {
    String name = source.name();
    List<Polls> polls =
        jdbc.query(
            "select count(*), max(p.last_ok), sum(case when p.failures > 0 or h.failures > 0 then 1"
                + " else 0 end) from poll p left join poll_host h on h.host = p.host"
                + " where p.source = ? and p.next_poll is not null",
            (row, _) -> new Polls(row.getInt(1), instant(row, 2), row.getInt(3)),
            name);
    Polls polled = polls.getFirst();
    List<String> errors =
        jdbc.queryForList(
            "select last_error from poll where source = ? and last_error is not null and next_poll is not null"
                + " order by last_error_at desc limit 1",
            String.class,
            name);
    List<Missing> missing =
        jdbc.query(
            "select missed, repository, ref, commit_id, found_at from poll_missed"
                + " where source = ?",
            (row, _) ->
                new Missing(
                    row.getLong(1),
                    new MissedCommit(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant())),
            name);
    return SourceHealth.of(
        new SourceHealth.Facts(
            !source.webhook().secrets().isEmpty(),
            polled.number(),
            polled.failing(),
            errors.isEmpty() ? "its host is in trouble" : errors.getFirst(),
            deliveries.lastOf(name).orElse(null),
            polled.lastOk(),
            missing.isEmpty() ? 0 : missing.getFirst().times(),
            missing.isEmpty() ? null : missing.getFirst().newest()));
  }

  private record Polls(int number, @Nullable Instant lastOk, int failing) {}

  private record Missing(long times, MissedCommit newest) {}

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
