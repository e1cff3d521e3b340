package dev.modgate.watcher.tick;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.host.CommitStatus;
import dev.modgate.watcher.sync.SyncView;
import dev.modgate.watcher.sync.SyncViews;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/// Finds the syncs of commits that have begun or ended, whoever began or ended them, and however
/// long ago. For one thread.
public final class TickFollower {
  private static final int BATCH = 200;

  /// How far back is looked each time: longer than any transaction lasts, and clocks differ.
  private static final Duration RECENT = Duration.ofMinutes(10);

  private static final Duration ALL_EVERY = Duration.ofHours(1);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);
  private static final Duration LOOK_FOR = Duration.ofDays(7);

  private final JdbcTemplate jdbc;
  private final Ticks ticks;
  private final SyncViews syncs;
  private final SyncLinks links;
  private final Clock clock;
  private Instant allAt = Instant.EPOCH;

  public TickFollower(
      JdbcTemplate jdbc, Ticks ticks, SyncViews syncs, SyncLinks links, Clock clock) {
    this.jdbc = jdbc;
    this.ticks = ticks;
    this.syncs = syncs;
    this.links = links;
    this.clock = clock;
  }

  private record Candidate(
      String source, String repository, String commit, String sync, Optional<String> unread) {
    static Candidate of(ResultSet row) throws SQLException {
      return new Candidate(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          Optional.ofNullable(row.getString(5)));
    }
  }

  /// Of ticks `t`.
  private static final String SHOWN =
      "select t.source, t.repository, t.commit_id, t.sync_id, c.unread from tick t"
          + " join sync s on s.id = t.sync_id"
          + " left join commit_seen c on c.source = t.source and c.repository = t.repository"
          + " and c.commit_id = t.commit_id";

  /// Brings what is to be shown up to date.
  void follow() {
    Instant now = clock.instant();
    boolean all = !now.isBefore(allAt);
    begun(all ? Instant.EPOCH : now.minus(RECENT));
    ended();
    if (all) {
      jdbc.update(
          "update tick set look_at = null where look_at <= ? and changed_at <= ?",
          ModuleRows.time(now),
          ModuleRows.time(now.minus(LOOK_FOR)));
    }
    failed(now);
    allAt = all ? now.plus(ALL_EVERY) : allAt;
  }

  private void begun(Instant since) {
    List<Candidate> found;
    do {
      found =
          jdbc.query(
              "select c.source, c.repository, c.commit_id, c.sync_id, c.unread from commit_seen c"
                  + " join sync s on s.id = c.sync_id"
                  + " left join tick t on t.source = c.source and t.repository = c.repository"
                  + " and t.commit_id = c.commit_id"
                  + " where c.found_at >= ?"
                  + " and (t.commit_id is null or t.sync_id is null or t.sync_id <> c.sync_id)"
                  + " order by c.found_at limit "
                  + BATCH,
              (row, _) -> Candidate.of(row),
              ModuleRows.time(since));
      for (Candidate one : found) {
        tick(one).ifPresent(tick -> begin(tick, one.sync()));
      }
    } while (found.size() == BATCH);
  }

  private void begin(Tick tick, String sync) {
    ticks.begin(tick, sync);
    if (tick.status().state() == CommitStatus.State.FAILURE) {
      ticks.lookAgain(tick, clock.instant().plus(LOOK_AGAIN));
    }
  }

  private void ended() {
    List<Candidate> found;
    do {
      found =
          jdbc.query(
              SHOWN + " where t.state = 'pending' and s.finished_at is not null limit " + BATCH,
              (row, _) -> Candidate.of(row));
      found.forEach(one -> tick(one).ifPresent(tick -> settle(tick, one.sync(), clock.instant())));
    } while (found.size() == BATCH);
  }

  /// Looks whether what they lacked has come inside for another sync.
  private void failed(Instant now) {
    jdbc.query(
            SHOWN + " where t.look_at <= ? and t.changed_at > ? order by t.look_at limit " + BATCH,
            (row, _) -> Candidate.of(row),
            ModuleRows.time(now),
            ModuleRows.time(now.minus(LOOK_FOR)))
        .forEach(one -> tick(one).ifPresent(tick -> settle(tick, one.sync(), now)));
  }

  private void settle(Tick tick, String sync, Instant now) {
    switch (tick.status().state()) {
      case PENDING -> {} // it does not end twice; nothing is undone
      case SUCCESS -> ticks.settle(tick, sync);
      case FAILURE -> {
        ticks.settle(tick, sync);
        ticks.lookAgain(tick, now.plus(LOOK_AGAIN));
      }
    }
  }

  private Optional<Tick> tick(Candidate one) {
    return syncs
        .find(one.sync(), SyncView.Modules.NONE, Optional.empty(), 0)
        .map(sync ->
            new Tick(
                one.source(),
                one.repository(),
                one.commit(),
                TickText.of(sync, one.unread(), links.of(one.sync()))));
  }
}
