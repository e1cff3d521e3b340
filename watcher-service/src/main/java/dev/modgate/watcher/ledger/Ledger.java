package dev.modgate.watcher.ledger;

import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.run.WantSink.Commit;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Writes down which commits need what. For many threads, and several watchers on one database.
///
/// Each call is one transaction, or part of its caller's; where two meet at one repository for the
/// first time, one of them ends with a {@link org.springframework.dao.DuplicateKeyException} and is
/// to be tried again.
public final class Ledger {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Sources sources;
  private final LedgerRows rows;
  private final Clock clock;

  public Ledger(JdbcTemplate jdbc, TransactionTemplate transaction, Sources sources, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.sources = sources;
    this.rows = new LedgerRows(jdbc);
    this.clock = clock;
  }

  /// A commit was seen, and this is what it needs.
  public void take(Commit commit, Plan plan) {
    boolean whole = plan.unread().isEmpty() && plan.closures().isEmpty();
    see(commit.repository(), commit.ref(), commit.id(), Need.of(plan), whole);
  }

  private record Known(@Nullable String sync, boolean whole) {}

  /// A ref names a commit that was seen before, whoever found it. Where what it needs is forgotten,
  /// its line stays where it was.
  public void stands(Repository repository, String ref, String commit) {
    List<Known> known =
        jdbc.query(
            "select s.id, c.unread is null from commit_seen c left join sync s on s.id = c.sync_id"
                + " where c.source = ? and c.repository = ? and c.commit_id = ?",
            (row, _) -> new Known(row.getString(1), row.getBoolean(2)),
            repository.source(),
            repository.name(),
            commit);
    if (known.isEmpty() || known.getFirst().sync() == null) {
      return;
    }
    List<Need> needs =
        jdbc
            .query(
                "select path, version, want from sync_item where sync_id = ?",
                (row, _) ->
                    new Need(row.getString(1), row.getString(2), Want.valueOf(row.getString(3))),
                known.getFirst().sync())
            .stream()
            .sorted()
            .toList();
    see(repository, ref, commit, needs, known.getFirst().whole());
  }

  /// The module graph of a commit's sync was walked to its end: now it is known what the commit
  /// needs.
  public void grown(String sync) {
    record Found(String source, String repository, String ref, String commit) {}
    List<Found> commits =
        jdbc.query(
            "select source, repository, ref, commit_id from commit_seen where sync_id = ?",
            (row, _) ->
                new Found(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
            sync);
    for (Found found : commits) {
      sources
          .find(found.source())
          .flatMap(source -> sources.repository(source, found.repository()))
          .ifPresent(repository -> stands(repository, found.ref(), found.commit()));
    }
  }

  /// Refs are no longer there, or no longer wanted.
  public void gone(Repository repository, Collection<String> refs) {
    if (refs.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(_ -> {
      Optional<Long> id = rows.lock(repository.source(), repository.name());
      id.ifPresent(found -> {
        rows.removeLines(found, refs);
        rows.settle(found);
      });
    });
  }

  private void see(
      Repository repository, String ref, String commit, List<Need> needs, boolean whole) {
    var sight = new LedgerRows.Sight(ref, commit, clock.instant());
    transaction.executeWithoutResult(_ -> {
      String owner =
          sources.find(repository.source()).map(found -> found.about().owner()).orElse("");
      long id = rows.lockOrAdd(repository.source(), repository.name(), owner);
      Optional<Line> line = Line.of(ref);
      Optional<LedgerRows.Stand> before = line.flatMap(found -> rows.stand(id, found));
      boolean moves =
          line.isPresent()
              && before.map(stand -> whole && line.get().goesOn(stand.ref(), ref)).orElse(true);
      if (moves) {
        move(id, line.get(), before, needs, sight);
      } else {
        rows.note(id, needs, sight);
      }
    });
  }

  private void move(
      long repository,
      Line line,
      Optional<LedgerRows.Stand> before,
      List<Need> needs,
      LedgerRows.Sight sight) {
    String sha256 = Need.sha256(needs);
    Optional<Long> same =
        before.filter(stand -> stand.sha256().equals(sha256)).map(LedgerRows.Stand::list);
    long list = same.orElseGet(() -> rows.list(repository, sha256, needs, sight));
    rows.put(repository, line, list, sight);
    if (same.isEmpty()) {
      rows.settle(repository);
    }
  }
}
