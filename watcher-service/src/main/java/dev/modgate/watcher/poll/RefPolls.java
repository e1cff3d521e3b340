package dev.modgate.watcher.poll;

import static dev.modgate.watcher.catalog.ModuleRows.time;

import dev.modgate.watcher.git.RemoteRefs;
import dev.modgate.watcher.git.wire.UnreachableException;
import dev.modgate.watcher.host.NetworkWaits;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.RefFollower;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.RefPattern;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// One poll of one repository.
final class RefPolls {
  private static final int LONGEST_REF = 400; // as the columns take it
  private static final int TRIES = 5;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final RemoteRefs remote;
  private final Runs runs;
  private final Found found;
  private final NetworkWaits network = new NetworkWaits();

  /// What a poll leaves behind, and how long until the next one.
  ///
  /// @param refs hears of refs that went, or moved to what was read before
  record Found(PollRows rows, Missed missed, Waits waits, RefFollower refs, Clock clock) {}

  RefPolls(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      RemoteRefs remote,
      Runs runs,
      Found found) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.remote = remote;
    this.runs = runs;
    this.found = found;
  }

  /// Asks the host, and notices what has moved.
  void poll(PollRows.Claim claim, Source source, Repository repository) {
    SortedMap<String, String> wanted = new TreeMap<>();
    try {
      network
          .call(() -> remote.list(source, repository))
          .forEach((ref, commit) -> {
            if (ref.length() <= LONGEST_REF && source.selection().wants(ref)) {
              wanted.put(ref, commit);
            }
          });
    } catch (InterruptedException e) {
      return; // stopped: it is done again when the lease has run out
    } catch (UnreachableException e) {
      Instant now = found.clock().instant();
      found.rows().hostFailed(claim, found.waits(), now);
      found.rows().failed(claim, false, sentence(e), now, now); // its host decides when
      return;
    } catch (IOException | RuntimeException e) {
      failed(claim, source.poll(), sentence(e));
      return;
    }
    if (notice(claim, source, repository, wanted)) {
      runs.wakeWorkers();
    }
  }

  /// Nobody waits for a host any more.
  void stop() {
    network.stop();
  }

  private static String sentence(Exception e) {
    return e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
  }

  private void failed(PollRows.Claim claim, Duration interval, String sentence) {
    Instant now = found.clock().instant();
    Instant next = now.plus(found.waits().ofRepository(interval, claim.failures() + 1));
    found.rows().failed(claim, true, sentence, now, next);
  }

  private boolean notice(
      PollRows.Claim claim,
      Source source,
      Repository repository,
      SortedMap<String, String> wanted) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Boolean.TRUE.equals(
            transaction.execute(status -> {
              Instant now = found.clock().instant();
              Instant next = now.plus(found.waits().ofRepository(source.poll(), 0));
              if (!found.rows().ended(claim, now, next)) {
                status.setRollbackOnly();
                return false;
              }
              boolean otherTags = found.rows().changedTags(claim, tagPatterns(source));
              Moves moves = Moves.between(known(claim.key()), wanted, claim.first() || otherTags);
              remember(claim.key(), moves, now);
              found.refs().gone(repository, moves.gone());
              return notice(claim, source, repository, moves);
            }));
      } catch (DuplicateKeyException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private static List<String> tagPatterns(Source source) {
    return source.selection().tags().stream().map(RefPattern::text).toList();
  }

  private boolean notice(PollRows.Claim claim, Source source, Repository repository, Moves moves) {
    var tips = new ArrayList<Tip>();
    for (String ref : moves.noticed()) {
      String commit = String.valueOf(moves.changed().get(ref));
      if (!isKnown(claim.key(), ref, commit)) {
        tips.add(new Tip(ref, Optional.of(commit)));
        if (!claim.first() && !source.webhook().secrets().isEmpty()) {
          found.missed().found(claim.key(), ref, commit);
        }
      } else {
        found.refs().stands(repository, ref, commit);
      }
    }
    if (!tips.isEmpty()) {
      runs.notice(repository, FoundBy.POLL, tips, Duration.ZERO);
    }
    return !tips.isEmpty();
  }

  /// Whether it was read before, or waits to be, because somebody else noticed it. A run that waits
  /// for what a ref names will find it; one that is read just now may have looked before.
  private boolean isKnown(PollRows.Key key, String ref, String commit) {
    Integer seen =
        jdbc.queryForObject(
            "select count(*) from commit_seen where source = ? and repository = ?"
                + " and commit_id = ?",
            Integer.class,
            key.source(),
            key.repository(),
            commit);
    Integer waiting =
        jdbc.queryForObject(
            "select count(*) from run_ref f join run r on r.id = f.run_id"
                + " where r.source = ? and r.repository = ? and f.ref = ?"
                + " and (r.state in ('waiting', 'running') and f.commit_id = ?"
                + " or r.state = 'waiting' and f.commit_id is null)",
            Integer.class,
            key.source(),
            key.repository(),
            ref,
            commit);
    return (seen != null && seen > 0) || (waiting != null && waiting > 0);
  }

  private Map<String, String> known(PollRows.Key key) {
    var known = new HashMap<String, String>();
    jdbc.query(
        "select ref, commit_id from poll_ref where source = ? and repository = ?",
        row -> {
          known.put(row.getString(1), row.getString(2));
        },
        key.source(),
        key.repository());
    return known;
  }

  private void remember(PollRows.Key key, Moves moves, Instant now) {
    var old = new ArrayList<>(moves.gone());
    old.addAll(moves.changed().keySet());
    jdbc.batchUpdate(
        "delete from poll_ref where source = ? and repository = ? and ref = ?",
        old.stream().map(ref -> new Object[] {key.source(), key.repository(), ref}).toList());
    List<Object[]> rows =
        moves.changed().entrySet().stream()
            .map(it ->
                new Object[] {
                  key.source(), key.repository(), it.getKey(), it.getValue(), time(now)
                })
            .toList();
    jdbc.batchUpdate(
        "insert into poll_ref (source, repository, ref, commit_id, since) values (?,?,?,?,?)",
        rows);
  }
}
