package dev.modgate.watcher.agent;

import dev.modgate.watcher.wantlist.CommitStatus;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// Hears how the commits of want lists are, to show it beside them. The same again is no change.
@FunctionalInterface
public interface StatusReceiver {
  /// Durable when this returns. Not within a transaction.
  ///
  /// @param repositories of the source that have the commit
  void received(List<String> repositories, CommitStatus status);

  /// Wherever the commit was found.
  default void received(JdbcTemplate jdbc, CommitStatus status) {
    List<String> repositories =
        jdbc.queryForList(
            "select repository from commit_seen where source = ? and commit_id = ?"
                + " order by repository",
            String.class,
            status.source(),
            status.commit());
    if (!repositories.isEmpty()) {
      received(repositories, status);
    }
  }
}
