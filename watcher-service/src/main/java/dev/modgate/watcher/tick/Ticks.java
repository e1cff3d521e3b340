package dev.modgate.watcher.tick;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.host.CommitStatus;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `tick` table: what is to be shown beside commits. For many threads, and several watchers on
/// one database.
///
/// Each change has a number. It is one more than the greatest that anybody can see, and unique, so
/// that who has seen a number has seen all before it: two who take the same one wait for each
/// other, and one of them tries again.
public final class Ticks {
  private static final int MOST_TRIES = 100;
  static final String KEY = " source = ? and repository = ? and commit_id = ?";

  private final JdbcTemplate jdbc;
  private final Clock clock;

  public Ticks(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// Has this shown beside its commit, in place of what was before; the same again changes nothing.
  /// Durable when this returns. Not within a transaction.
  public void want(Tick tick) {
    numbered(number -> {
      int changed =
          update(
              tick,
              null,
              number,
              " and (state <> ? or description <> ? or link <> ?)",
              state(tick.status()),
              tick.status().description(),
              tick.status().link().toString());
      return changed > 0 || exists(tick) ? changed : insert(tick, null, number);
    });
  }

  /// @param number of this change; greater than that of every one before
  /// @param sync its id; null where it is none of this watcher
  public record Change(long number, @Nullable String sync, Tick tick) {}

  /// What is to be shown of these sources, as it is now, in the order of the changes.
  ///
  /// @param sources those that one agent reads
  /// @param after the number of the last change that is known; 0 for all
  public List<Change> ofAgent(Collection<String> sources, long after, int limit) {
    if (sources.isEmpty()) {
      return List.of();
    }
    var arguments = new ArrayList<Object>(sources);
    arguments.add(after);
    arguments.add(limit);
    return jdbc.query(
        "select * from tick where source in ("
            + String.join(",", Collections.nCopies(sources.size(), "?"))
            + ") and changed > ? order by changed limit ?",
        (row, _) -> new Change(row.getLong("changed"), row.getString("sync_id"), tick(row)),
        arguments.toArray());
  }

  /// Newest first.
  ///
  /// @param before which change
  public List<TickView> newest(String source, long before, int limit) {
    return jdbc.query(
        "select * from tick where source = ? and changed < ? order by changed desc limit ?",
        (row, _) -> TickView.of(row),
        source,
        before,
        limit);
  }

  /// The sync of a commit began, unless that is known.
  void begin(Tick tick, String sync) {
    numbered(number ->
        exists(tick)
            ? update(tick, sync, number, " and (sync_id is null or sync_id <> ?)", sync)
            : insert(tick, sync, number));
  }

  /// The sync of a commit has ended so; nothing that is known of it already is undone.
  void settle(Tick tick, String sync) {
    String unless =
        switch (tick.status().state()) {
          case PENDING -> throw new IllegalArgumentException("sync " + sync + " goes on");
          case SUCCESS -> " and ? <> ''";
          case FAILURE -> " and (state = 'pending' or description <> ?)";
        };
    numbered(number ->
        update(
            tick,
            sync,
            number,
            " and sync_id = ? and state <> 'success'" + unless,
            sync,
            tick.status().description()));
  }

  /// @param at when the sync is to be looked at again; null for never
  void lookAgain(Tick tick, @Nullable Instant at) {
    jdbc.update(
        "update tick set look_at = ? where" + KEY,
        at == null ? null : ModuleRows.time(at),
        tick.source(),
        tick.repository(),
        tick.commit());
  }

  private int insert(Tick tick, @Nullable String sync, long number) {
    OffsetDateTime now = ModuleRows.time(clock.instant());
    return jdbc.update(
        "insert into tick (source, repository, commit_id, sync_id, state, description, link,"
            + " changed, changed_at, next_try) values (?,?,?,?,?,?,?,?,?,?)",
        tick.source(),
        tick.repository(),
        tick.commit(),
        sync,
        state(tick.status()),
        tick.status().description(),
        tick.status().link().toString(),
        number,
        now,
        now);
  }

  private int update(
      Tick tick, @Nullable String sync, long number, String condition, Object... more) {
    OffsetDateTime now = ModuleRows.time(clock.instant());
    var arguments = new ArrayList<@Nullable Object>();
    arguments.add(sync);
    arguments.add(state(tick.status()));
    arguments.add(tick.status().description());
    arguments.add(tick.status().link().toString());
    arguments.add(number);
    arguments.add(now);
    arguments.add(now);
    Collections.addAll(arguments, tick.source(), tick.repository(), tick.commit());
    Collections.addAll(arguments, more);
    return jdbc.update(
        "update tick set sync_id = ?, state = ?, description = ?, link = ?, changed = ?,"
            + " changed_at = ?, next_try = ?, look_at = null, attempts = 0, sentence = null where"
            + KEY
            + condition,
        arguments.toArray());
  }

  private boolean exists(Tick tick) {
    return !jdbc.queryForList(
            "select 1 from tick where" + KEY,
            Integer.class,
            tick.source(),
            tick.repository(),
            tick.commit())
        .isEmpty();
  }

  private void numbered(LongToIntFunction write) {
    for (int tries = 1; ; tries++) {
      Long newest = jdbc.queryForObject("select coalesce(max(changed), 0) from tick", Long.class);
      try {
        var _ = write.applyAsInt((newest == null ? 0 : newest) + 1);
        return;
      } catch (DuplicateKeyException | TransientDataAccessException e) {
        if (tries >= MOST_TRIES) { // somebody was first, that often
          throw e;
        }
      }
    }
  }

  static Tick tick(ResultSet row) throws SQLException {
    return new Tick(
        row.getString("source"),
        row.getString("repository"),
        row.getString("commit_id"),
        new CommitStatus(
            CommitStatus.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            row.getString("description"),
            URI.create(row.getString("link"))));
  }

  static String state(CommitStatus status) {
    return status.state().name().toLowerCase(Locale.ROOT);
  }
}
