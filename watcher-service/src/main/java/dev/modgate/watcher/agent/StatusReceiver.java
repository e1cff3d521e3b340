package dev.modgate.watcher.agent;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.modgate.watcher.wantlist.CommitStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/// Hears how the commits of want lists are, to show it beside them. The same again is no change.
@FunctionalInterface
public interface StatusReceiver {
  /// Durable when this returns. Not within a transaction.
  ///
  /// @param repositories of the source that have the commit
  void received(List<String> repositories, CommitStatus status);

  /// Wherever the commit was found. One whose plan was not whole fails, whatever the watcher knows:
  /// it was asked for the rest alone.
  default void received(JdbcTemplate jdbc, CommitStatus status) {
    record Found(String repository, Optional<String> unread) {}
    Map<Optional<String>, List<String>> repositories =
        jdbc
            .query(
                "select repository, unread from commit_seen where source = ? and commit_id = ?"
                    + " order by repository",
                (row, _) -> new Found(row.getString(1), Optional.ofNullable(row.getString(2))),
                status.source(),
                status.commit())
            .stream()
            .collect(groupingBy(Found::unread, mapping(Found::repository, toList())));
    repositories.forEach(
        (unread, names) -> received(names, unread.map(why -> failed(status, why)).orElse(status)));
  }

  private static CommitStatus failed(CommitStatus status, String why) {
    return new CommitStatus(
        status.source(),
        status.commit(),
        CommitStatus.State.FAILURE,
        status.total(),
        status.inside(),
        status.rejected(),
        Stream.concat(Stream.of(why), status.sentences().stream()).toList());
  }
}
