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

  /// A commit was seen, and this is what it needs. Where more shows itself while its module graph
  /// is walked, its line goes to it at the end of that.
  public void take(Commit commit, String sync, Plan plan) {
    boolean whole = plan.unread().isEmpty() && plan.closures().isEmpty();
    var place = new Place(commit.repository().source(), commit.repository().name(), commit.ref());
    see(place, commit.id(), Need.of(plan), whole, plan.closures().isEmpty() ? null : sync);
  }

  private record Place(String source, String repository, String ref) {}

  private record Known(@Nullable String sync, boolean whole, boolean growing) {}

  /// A ref names a commit that was seen before, whoever found it. Where what it needs is forgotten,
  /// its line stays where it was.
  public void stands(Repository repository, String ref, String commit) {
    stands(new Place(repository.source(), repository.name(), ref), commit);
  }

  private void stands(Place place, String commit) {
    List<Known> known =
        jdbc.query(
            "select s.id, c.unread is null, w.sync_id is not null and w.ended_at is null"
                + " from commit_seen c left join sync s on s.id = c.sync_id"
                + " left join walk w on w.sync_id = s.id"
                + " where c.source = ? and c.repository = ? and c.commit_id = ?",
            (row, _) -> new Known(row.getString(1), row.getBoolean(2), row.getBoolean(3)),
            place.source(),
            place.repository(),
            commit);
    String sync = known.isEmpty() ? null : known.getFirst().sync();
    if (sync == null) {
      return;
    }
    List<Need> needs =
        jdbc
            .query(
                "select path, version, want from sync_item where sync_id = ?",
                (row, _) ->
                    new Need(row.getString(1), row.getString(2), Want.valueOf(row.getString(3))),
                sync)
            .stream()
            .sorted()
            .toList();
    boolean growing = known.getFirst().growing();
    see(place, commit, needs, known.getFirst().whole() && !growing, growing ? sync : null);
  }

  /// The module graph of a sync was walked to its end: now it is known what its commit needs, and
  /// the lines that wait for that go to it. Those that went on meanwhile do not.
  public void grown(String sync) {
    record Waiting(Place place, String commit) {}
    List<Waiting> waiting =
        jdbc.query(
            "select r.source, r.repository, g.ref, g.commit_id from ledger_growing g"
                + " join ledger_repository r on r.id = g.repository_id where g.sync_id = ?",
            (row, _) ->
                new Waiting(
                    new Place(row.getString(1), row.getString(2), row.getString(3)),
                    row.getString(4)),
            sync);
    waiting.forEach(one -> stands(one.place(), one.commit()));
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

  /// @param growing the sync that finds the rest; null where these are all, as far as is known
  private void see(
      Place place, String commit, List<Need> needs, boolean whole, @Nullable String growing) {
    var sight = new LedgerRows.Sight(place.ref(), commit, clock.instant());
    transaction.executeWithoutResult(_ -> {
      String owner = sources.find(place.source()).map(found -> found.about().owner()).orElse("");
      long id = rows.lockOrAdd(place.source(), place.repository(), owner);
      Optional<Line> line = Line.of(place.ref());
      Optional<LedgerRows.Stand> before = line.flatMap(found -> rows.stand(id, found));
      boolean goesOn =
          line.isPresent()
              && before.map(stand -> line.get().goesOn(stand.ref(), place.ref())).orElse(true);
      if (goesOn) {
        rows.growing(id, line.get(), sight, growing);
      }
      if (goesOn && (whole || before.isEmpty())) {
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
