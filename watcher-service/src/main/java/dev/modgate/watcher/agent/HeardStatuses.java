package dev.modgate.watcher.agent;

import dev.modgate.watcher.wantlist.CommitStatus;
import dev.modgate.watcher.wantlist.StatusPage;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The statuses that an agent heard, in the `agent_status` table.
final class HeardStatuses {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final StatusReceiver receiver;

  HeardStatuses(JdbcTemplate jdbc, TransactionTemplate transaction, StatusReceiver receiver) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.receiver = receiver;
  }

  /// The highest number, 0 for none.
  long last(String agent) {
    Long last =
        jdbc.queryForObject(
            "select coalesce(max(number), 0) from agent_status where agent = ?", Long.class, agent);
    return last == null ? 0 : last;
  }

  /// Hands on what is newer than what was heard before; in whatever order pages come.
  void take(StatusPage page) {
    for (StatusPage.Numbered status : page.statuses()) {
      if (isNews(page.agent(), status)) {
        receiver.received(jdbc, status.status()); // first: once more is no change
        transaction.executeWithoutResult(_ -> write(page.agent(), status));
      }
    }
  }

  private boolean isNews(String agent, StatusPage.Numbered numbered) {
    Integer newer =
        jdbc.queryForObject(
            "select count(*) from agent_status where agent = ? and source = ? and commit_id = ?"
                + " and number >= ?",
            Integer.class,
            agent,
            numbered.status().source(),
            numbered.status().commit(),
            numbered.number());
    return newer == null || newer == 0;
  }

  private void write(String agent, StatusPage.Numbered numbered) {
    CommitStatus status = numbered.status();
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
        numbered.number(),
        status.state().wireName(),
        status.total(),
        status.inside(),
        status.rejected(),
        String.join("\n", status.sentences()));
  }
}
