package dev.modgate.watcher.tick;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `tick` table as those see it who send: each row has one sender at a time, for as long as its
/// lease lasts.
final class TickQueue {
  /// Longer than a host takes to answer, or not to.
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final String DUE =
      " next_try <= ? and (leased_until is null or leased_until <= ?)";

  private final JdbcTemplate jdbc;
  private final Clock clock;

  TickQueue(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// @param changed number of what is to be sent: it may have changed by the end
  record Leased(String lease, Tick tick, long changed, Instant changedAt, int failures) {}

  /// Those whose turn it is, oldest first.
  List<Leased> lease(int most) {
    OffsetDateTime now = ModuleRows.time(clock.instant());
    record Key(String source, String repository, String commit) {}
    List<Key> due =
        jdbc.query(
            "select source, repository, commit_id from tick where"
                + DUE
                + " order by next_try limit "
                + most,
            (row, _) -> new Key(row.getString(1), row.getString(2), row.getString(3)),
            now,
            now);
    var leased = new ArrayList<Leased>();
    for (Key key : due) {
      String lease = UUID.randomUUID().toString();
      int taken =
          jdbc.update(
              "update tick set lease = ?, leased_until = ? where" + Ticks.KEY + " and" + DUE,
              lease,
              now.plus(LEASE),
              key.source(),
              key.repository(),
              key.commit(),
              now,
              now);
      if (taken == 1) {
        leased.addAll(read(lease, key.source(), key.repository(), key.commit()));
      }
    }
    return leased;
  }

  private List<Leased> read(String lease, String... key) {
    return jdbc.query(
        "select * from tick where" + Ticks.KEY + " and lease = ?",
        (row, _) ->
            new Leased(
                lease,
                Ticks.tick(row),
                row.getLong("changed"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getInt("attempts")),
        key[0],
        key[1],
        key[2],
        lease);
  }

  /// Ends a lease; where something else is to be shown by now, that stays due. Does nothing where
  /// the lease ran out and another has it. Who is killed in between sends it once more.
  void ended(Leased leased, TickWaits.Next next) {
    switch (next) {
      case TickWaits.Next.Sent _ -> {
        set(
            leased,
            "sent_state = ?, sent_changed = ?, sent_at = ?",
            Ticks.state(leased.tick().status()),
            leased.changed(),
            ModuleRows.time(clock.instant()));
        unlessChanged(leased, "next_try = null, attempts = 0, sentence = null");
      }
      case TickWaits.Next.Stop(var sentence) ->
          unlessChanged(leased, "next_try = null, sentence = ?", StoredSentence.of(sentence));
      case TickWaits.Next.Again(var at, var failures, var sentence) ->
          unlessChanged(
              leased,
              "next_try = ?, attempts = ?, sentence = ?",
              ModuleRows.time(at),
              failures,
              StoredSentence.of(sentence));
    }
    set(leased, "lease = null, leased_until = null");
  }

  private void unlessChanged(Leased leased, String values, Object... arguments) {
    var all = new ArrayList<Object>(List.of(arguments));
    all.add(leased.lease());
    all.add(leased.changed());
    jdbc.update("update tick set " + values + " where lease = ? and changed = ?", all.toArray());
  }

  private void set(Leased leased, String values, Object... arguments) {
    var all = new ArrayList<Object>(List.of(arguments));
    all.add(leased.lease());
    jdbc.update("update tick set " + values + " where lease = ?", all.toArray());
  }
}
