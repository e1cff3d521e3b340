package dev.modgate.watcher.poll;

import static dev.modgate.watcher.catalog.ModuleRows.time;

import dev.modgate.watcher.catalog.StoredSentence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The tables `poll` and `poll_host`: what is due, who has it, and how it went.
final class PollRows {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  PollRows(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  record Key(String source, String repository) {}

  /// @param failures of the repository before this poll
  /// @param first whether no poll of it went well yet
  /// @param hostFailures of its host
  record Claim(Key key, String host, int failures, int hostFailures, boolean first, String lease) {}

  /// @param host scheme, name and port
  record Polled(Key key, String host, Duration interval) {}

  /// Has these repositories polled, and no others. What is known of those that left their group is
  /// kept for when they come back.
  ///
  /// @param sources of all others nothing is known any more
  void settle(List<Polled> declared, Set<String> sources, Waits waits, Instant now) {
    Map<Key, Row> rows = rows();
    Set<Key> left = new HashSet<>(rows.keySet());
    for (Polled polled : declared) {
      left.remove(polled.key());
      Row row = rows.get(polled.key());
      if (row == null) {
        add(polled, now.plus(waits.ofNew(polled.interval())));
      } else {
        settle(polled, row, waits, now);
      }
    }
    rows.keySet().retainAll(left);
    rows.forEach((key, row) -> {
      if (!sources.contains(key.source())) {
        forget(key);
      } else if (row.next() != null) {
        set(key, "next_poll = null, lease = null, failures = 0");
      }
    });
  }

  private void settle(Polled polled, Row row, Waits waits, Instant now) {
    if (!row.host().equals(polled.host())) {
      set(polled.key(), "host = ?", polled.host());
    }
    if (row.next() == null) {
      set(polled.key(), "next_poll = ?", time(now.plus(waits.ofNew(polled.interval()))));
    } else if (row.isCalm() && row.next().isAfter(now.plus(Waits.longest(polled.interval())))) {
      Instant next = now.plus(waits.ofRepository(polled.interval(), 0));
      set(polled.key(), "next_poll = ?", time(next)); // the interval was longer
    }
  }

  private void set(Key key, String values, Object... arguments) {
    var all = new ArrayList<Object>(List.of(arguments));
    all.add(key.source());
    all.add(key.repository());
    jdbc.update(
        "update poll set " + values + " where source = ? and repository = ?", all.toArray());
  }

  /// @param next null of one that is not polled
  /// @param isCalm whether it is neither polled now nor in trouble
  private record Row(String host, @Nullable Instant next, boolean isCalm) {}

  private Map<Key, Row> rows() {
    var rows = new HashMap<Key, Row>();
    jdbc.query(
        "select source, repository, host, next_poll, lease, failures from poll",
        row -> {
          OffsetDateTime next = row.getObject(4, OffsetDateTime.class);
          rows.put(
              new Key(row.getString(1), row.getString(2)),
              new Row(
                  row.getString(3),
                  next == null ? null : next.toInstant(),
                  row.getString(5) == null && row.getInt(6) == 0));
        });
    return rows;
  }

  private void add(Polled polled, Instant first) {
    try {
      jdbc.update(
          "insert into poll (source, repository, host, next_poll) values (?,?,?,?)",
          polled.key().source(),
          polled.key().repository(),
          polled.host(),
          time(first));
    } catch (DuplicateKeyException e) {
      // another watcher was faster
    }
  }

  private void forget(Key key) {
    transaction.executeWithoutResult(_ -> {
      for (String table : List.of("poll", "poll_ref", "poll_found")) {
        jdbc.update(
            "delete from " + table + " where source = ? and repository = ?",
            key.source(),
            key.repository());
      }
    });
  }

  private record Due(Key key, String host, int failures, boolean first, int hostFailures) {}

  /// Takes repositories that are due. Of a host in trouble, one alone.
  ///
  /// @param until a poll that is not over by then is taken by another
  List<Claim> claim(int most, Instant now, Instant until) {
    List<Due> due =
        jdbc.query(
            "select p.source, p.repository, p.host, p.failures, p.last_ok, h.failures"
                + " from poll p left join poll_host h on h.host = p.host"
                + " where p.next_poll <= ? and (h.host is null or h.not_before <= ?)"
                + " order by p.next_poll limit "
                + most * 4,
            (row, _) ->
                new Due(
                    new Key(row.getString(1), row.getString(2)),
                    row.getString(3),
                    row.getInt(4),
                    row.getObject(5) == null,
                    row.getInt(6)),
            time(now),
            time(now));
    var claims = new ArrayList<Claim>();
    for (Due next : due) {
      if (claims.size() < most) {
        String lease = UUID.randomUUID().toString();
        if (Boolean.TRUE.equals(
            transaction.execute(it -> {
              boolean taken = take(next, lease, now, until);
              if (!taken) {
                it.setRollbackOnly();
              }
              return taken;
            }))) {
          claims.add(
              new Claim(
                  next.key(),
                  next.host(),
                  next.failures(),
                  next.hostFailures(),
                  next.first(),
                  lease));
        }
      }
    }
    return claims;
  }

  /// Each update names what has to be so still: of two watchers one changes a row.
  private boolean take(Due due, String lease, Instant now, Instant until) {
    if (due.hostFailures() > 0
        && jdbc.update(
                "update poll_host set not_before = ? where host = ? and not_before <= ?",
                time(until),
                due.host(),
                time(now))
            == 0) {
      return false;
    }
    return jdbc.update(
            "update poll set lease = ?, next_poll = ? where source = ? and repository = ?"
                + " and next_poll <= ?",
            lease,
            time(until),
            due.key().source(),
            due.key().repository(),
            time(now))
        == 1;
  }

  /// So that a poll that takes its time is not made by another too; and of a host in trouble none.
  /// Those whose lease is lost stay lost.
  void renew(Collection<Claim> claims, Instant until) {
    jdbc.batchUpdate(
        "update poll set next_poll = ? where source = ? and repository = ? and lease = ?",
        claims.stream()
            .map(claim ->
                new Object[] {
                  time(until), claim.key().source(), claim.key().repository(), claim.lease()
                })
            .toList());
    jdbc.batchUpdate(
        "update poll_host set not_before = ? where host = ? and failures = ?",
        claims.stream()
            .filter(claim -> claim.hostFailures() > 0)
            .map(claim -> new Object[] {time(until), claim.host(), claim.hostFailures()})
            .toList());
  }

  /// Within a transaction.
  ///
  /// @return false when the lease is lost, and nothing counts
  boolean ended(Claim claim, Instant now, Instant next) {
    jdbc.update("delete from poll_host where host = ?", claim.host());
    return jdbc.update(
            "update poll set lease = null, failures = 0, next_poll = ?, last_ok = ?"
                + " where source = ? and repository = ? and lease = ?",
            time(next),
            time(now),
            claim.key().source(),
            claim.key().repository(),
            claim.lease())
        == 1;
  }

  /// Within a transaction.
  ///
  /// @return whether other patterns of tags counted before
  boolean changedTags(Claim claim, List<String> patterns) {
    String hash = hash(patterns);
    return jdbc.update(
            "update poll set tag_patterns = ? where source = ? and repository = ?"
                + " and (tag_patterns is null or tag_patterns <> ?)",
            hash,
            claim.key().source(),
            claim.key().repository(),
            hash)
        == 1;
  }

  private static String hash(List<String> patterns) {
    try {
      byte[] text = String.join("\n", patterns).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /// @param failed whether that counts against the repository
  void failed(Claim claim, boolean failed, String sentence, Instant now, Instant next) {
    jdbc.update(
        "update poll set lease = null, failures = ?, next_poll = ?, last_error = ?,"
            + " last_error_at = ? where source = ? and repository = ? and lease = ?",
        claim.failures() + (failed ? 1 : 0),
        time(next),
        StoredSentence.of(sentence),
        time(now),
        claim.key().source(),
        claim.key().repository(),
        claim.lease());
    if (failed) {
      jdbc.update("delete from poll_host where host = ?", claim.host()); // it has answered
    }
  }

  /// Of polls that were on their way together the first counts: the others say nothing new.
  void hostFailed(Claim claim, Waits waits, Instant now) {
    int more = claim.hostFailures() + 1;
    Instant next = now.plus(waits.ofHost(more));
    if (more > 1) {
      jdbc.update(
          "update poll_host set failures = ?, not_before = ? where host = ? and failures = ?",
          more,
          time(next),
          claim.host(),
          claim.hostFailures());
      return;
    }
    try {
      jdbc.update(
          "insert into poll_host (host, failures, not_before) values (?,?,?)",
          claim.host(),
          more,
          time(next));
    } catch (DuplicateKeyException e) {
      // another poll of the host has failed just now
    }
  }
}
