package dev.modgate.watcher.run;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.source.Repository;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `run` table: what waits to be read.
public final class Runs {
  private final JdbcTemplate jdbc;
  private final Runnable wake;
  private final Clock clock;

  /// @param wake tells the workers that there is something to read
  public Runs(JdbcTemplate jdbc, Runnable wake, Clock clock) {
    this.jdbc = jdbc;
    this.wake = wake;
    this.clock = clock;
  }

  /// @param coalesced whether it waited already, for something noticed before
  public record Noticed(String run, boolean coalesced) {}

  /// Has these refs read by the run of their repository that waits, or by a new one. Where two
  /// commits of one ref are noticed nobody knows which is the later one, because deliveries come
  /// late and twice: what the ref names when it is read is read then. Call it within a transaction,
  /// and [#wakeWorkers()] after its commit.
  ///
  /// @param delay how long a new run waits for more of the same repository
  /// @throws DuplicateKeyException when another transaction began a run of this repository just
  ///   now; roll back and try again
  public Noticed notice(Repository repository, FoundBy by, List<Tip> tips, Duration delay) {
    String key = repository.source() + " " + repository.name();
    Optional<String> waiting =
        jdbc
            .queryForList("select id from run where waiting_for = ? for update", String.class, key)
            .stream()
            .findFirst();
    String run = waiting.orElseGet(() -> begin(repository, by, key, delay));
    for (Tip tip : tips) {
      notice(run, by, tip);
    }
    return new Noticed(run, waiting.isPresent());
  }

  private record Before(Optional<String> commit, FoundBy by) {}

  private void notice(String run, FoundBy by, Tip tip) {
    Optional<Before> before =
        jdbc
            .query(
                "select commit_id, found_by from run_ref where run_id = ? and ref = ?",
                (row, _) ->
                    new Before(
                        Optional.ofNullable(row.getString(1)),
                        FoundBy.ofWireName(row.getString(2))),
                run,
                tip.ref())
            .stream()
            .findFirst();
    boolean same = before.map(it -> it.commit().equals(tip.commit())).orElse(true);
    jdbc.update("delete from run_ref where run_id = ? and ref = ?", run, tip.ref());
    jdbc.update(
        "insert into run_ref (run_id, ref, commit_id, found_by) values (?,?,?,?)",
        run,
        tip.ref(),
        same ? tip.commit().orElse(null) : null,
        before.map(it -> it.by().or(by)).orElse(by).wireName());
  }

  private String begin(Repository repository, FoundBy by, String key, Duration delay) {
    String id = UUID.randomUUID().toString();
    jdbc.update(
        "insert into run (id, source, repository, state, waiting_for, found_by, next_try,"
            + " created_at) values (?,?,?,'waiting',?,?,?,?)",
        id,
        repository.source(),
        repository.name(),
        key,
        by.wireName(),
        ModuleRows.time(clock.instant().plus(delay)),
        ModuleRows.time(clock.instant()));
    return id;
  }

  /// Call after the commit.
  public void wakeWorkers() {
    wake.run();
  }
}
