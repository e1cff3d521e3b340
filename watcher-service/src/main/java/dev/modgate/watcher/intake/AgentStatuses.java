package dev.modgate.watcher.intake;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.sync.SyncView;
import dev.modgate.watcher.sync.SyncViews;
import dev.modgate.watcher.wantlist.CommitStatus;
import dev.modgate.watcher.wantlist.StatusPage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The `agent_status` and `agent_peer` tables: how the commits of each agent are, numbered in the
/// order in which it is to hear of them. Nothing is kept in memory: what a kill interrupts is found
/// again in the commits and syncs.
final class AgentStatuses {
  private static final int BATCH = 200;
  private static final String PENDING_BUT_ENDED =
      " a.state = 'pending' and s.finished_at is not null";

  /// What they lacked may have come inside for another sync. Numbers are milliseconds.
  private static final String FAILED =
      " a.state = 'failure' and (a.number > ? or (a.number = ? and a.agent > ?))";

  private static final Duration LOOK_FOR = Duration.ofDays(7);

  /// How far back is looked each time: longer than any transaction lasts, and clocks differ.
  private static final Duration RECENT = Duration.ofMinutes(10);

  private static final Duration ALL_EVERY = Duration.ofMinutes(15);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final SyncViews syncs;
  private final Clock clock;
  private Instant allAt = Instant.EPOCH;

  AgentStatuses(JdbcTemplate jdbc, TransactionTemplate transaction, SyncViews syncs, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.syncs = syncs;
    this.clock = clock;
  }

  /// @param number of its status, 0 for none
  private record Commit(
      String agent, String source, String id, @Nullable String sync, long number) {}

  /// Numbers what has changed. For one thread.
  void refresh() {
    Instant now = clock.instant();
    boolean all = !now.isBefore(allAt);
    noteEach(unheardOf(all ? Instant.EPOCH : now.minus(RECENT)));
    noteEach(commits(PENDING_BUT_ENDED));
    if (all) {
      noteMended(now.minus(LOOK_FOR).toEpochMilli());
      allAt = now.plus(ALL_EVERY);
    }
  }

  private void noteMended(long since) {
    var last = new Commit("", "", "", null, since);
    for (var some = failed(last); !some.isEmpty(); some = failed(last)) {
      for (Commit commit : some) {
        CommitStatus status = status(commit);
        if (status.state() == CommitStatus.State.SUCCESS) {
          note(commit.agent(), status);
        }
      }
      last = some.getLast();
    }
  }

  private List<Commit> failed(Commit behind) {
    return commits(FAILED, behind.number(), behind.number(), behind.agent());
  }

  private void noteEach(List<Commit> commits) {
    commits.forEach(commit -> note(commit.agent(), status(commit)));
  }

  private List<Commit> unheardOf(Instant since) {
    return query(
        "select distinct w.agent, c.source, c.commit_id, c.sync_id, 0 from want_list w"
            + " join commit_seen c on c.source = w.source and c.repository = w.source"
            + " and c.commit_id = w.commit_id"
            + " where w.received_at >= ? and not exists (select 1 from agent_status a"
            + " where a.agent = w.agent and a.source = c.source and a.commit_id = c.commit_id)"
            + " limit "
            + BATCH,
        ModuleRows.time(since));
  }

  /// Of those that have a status.
  private List<Commit> commits(String condition, Object... arguments) {
    return query(
        "select a.agent, c.source, c.commit_id, c.sync_id, a.number from agent_status a"
            + " join commit_seen c on c.source = a.source and c.repository = a.source"
            + " and c.commit_id = a.commit_id join sync s on s.id = c.sync_id where"
            + condition
            + " order by a.number, a.agent limit "
            + BATCH,
        arguments);
  }

  private List<Commit> query(String sql, Object... arguments) {
    return jdbc.query(
        sql,
        (row, _) ->
            new Commit(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5)),
        arguments);
  }

  private CommitStatus status(Commit commit) {
    Optional<SyncView> sync =
        commit.sync() == null
            ? Optional.empty()
            : syncs.find(
                commit.sync(),
                SyncView.Modules.PROBLEMS,
                Optional.empty(),
                CommitStatus.MOST_SENTENCES - 1);
    return sync.map(view -> status(commit, view))
        .orElseGet(() ->
            new CommitStatus(
                commit.source(),
                commit.id(),
                CommitStatus.State.SUCCESS,
                0,
                0,
                0,
                List.of("there is no module to bring inside")));
  }

  private static CommitStatus status(Commit commit, SyncView sync) {
    int total = count(sync.counts(), "total");
    int inside = count(sync.counts(), ModuleState.INSIDE.wireName());
    int rejected =
        count(sync.counts(), ModuleState.REJECTED.wireName())
            + count(sync.counts(), ModuleState.ABSENT.wireName())
            + count(sync.counts(), ModuleState.GIVEN_UP.wireName());
    CommitStatus.State state =
        switch (sync.state()) {
          case "done" -> CommitStatus.State.SUCCESS;
          case "failed" -> CommitStatus.State.FAILURE;
          default -> CommitStatus.State.PENDING;
        };
    var sentences = new ArrayList<String>();
    sentences.add(
        inside
            + " of "
            + total
            + " modules are inside"
            + (rejected > 0 ? ", " + rejected + " were refused or are nowhere to be had" : ""));
    if (state == CommitStatus.State.FAILURE) {
      Objects.requireNonNull(sync.modules())
          .forEach(item ->
              sentences.add(
                  item.sentence() == null ? item.module() + ": " + item.state() : item.sentence()));
    }
    return new CommitStatus(
        commit.source(), commit.id(), state, total, inside, rejected, sentences);
  }

  private static int count(Map<String, Long> counts, String name) {
    return (int) Math.min(Integer.MAX_VALUE, counts.getOrDefault(name, 0L));
  }

  /// Under the lock of the agent, so that numbers are seen in their order.
  private void note(String agent, CommitStatus status) {
    transaction.executeWithoutResult(_ -> {
      long number = Math.max(lock(agent) + 1, clock.millis());
      jdbc.update("update agent_peer set last = ? where agent = ?", number, agent);
      jdbc.update(
          "delete from agent_status where agent = ? and source = ? and commit_id = ?",
          agent,
          status.source(),
          status.commit());
      jdbc.update(
          "insert into agent_status (agent, source, commit_id, number, state, total, inside,"
              + " rejected, sentences) values (?,?,?,?,?,?,?,?,?)",
          agent,
          status.source(),
          status.commit(),
          number,
          status.state().wireName(),
          status.total(),
          status.inside(),
          status.rejected(),
          String.join("\n", status.sentences()));
    });
  }

  private long lock(String agent) {
    Long last =
        jdbc.queryForObject(
            "select last from agent_peer where agent = ? for update", Long.class, agent);
    return last == null ? 0 : last;
  }

  /// Has a row for each of these agents.
  void know(Iterable<String> agents) {
    for (String agent : agents) {
      Integer known =
          jdbc.queryForObject(
              "select count(*) from agent_peer where agent = ?", Integer.class, agent);
      if (known == null || known == 0) {
        try {
          jdbc.update("insert into agent_peer (agent, last, written) values (?,0,0)", agent);
        } catch (DuplicateKeyException e) {
          // another watcher on this database starts too
        }
      }
    }
  }

  /// The statuses behind a number: the same page again as long as they do not change.
  StatusPage page(String agent, long after) {
    List<StatusPage.Numbered> statuses =
        jdbc.query(
            "select number, source, commit_id, state, total, inside, rejected, sentences"
                + " from agent_status where agent = ? and number > ? order by number limit "
                + StatusPage.MOST_STATUSES,
            (row, _) ->
                new StatusPage.Numbered(
                    row.getLong(1),
                    new CommitStatus(
                        row.getString(2),
                        row.getString(3),
                        CommitStatus.State.ofWireName(row.getString(4)),
                        row.getInt(5),
                        row.getInt(6),
                        row.getInt(7),
                        row.getString(8).lines().toList())),
            agent,
            after);
    Instant created =
        statuses.isEmpty() ? clock.instant() : Instant.ofEpochMilli(statuses.getLast().number());
    return new StatusPage(agent, after, created, statuses);
  }

  /// Up to which number statuses are in the agent's folder.
  long written(String agent) {
    Long written =
        jdbc.queryForObject("select written from agent_peer where agent = ?", Long.class, agent);
    return written == null ? 0 : written;
  }

  void written(String agent, long through) {
    jdbc.update("update agent_peer set written = ? where agent = ?", through, agent);
  }
}
