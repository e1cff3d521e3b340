package dev.modgate.watcher.agent;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import dev.modgate.watcher.wantlist.WantLine;
import dev.modgate.watcher.wantlist.WantList;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `agent_out` table.
final class AgentOut {
  /// Of those that have ended; people may look at what crossed.
  private static final int MOST_KEPT = 1_000;

  private static final String POSTPONED = "postponed";

  private final JdbcTemplate jdbc;
  private final SigningKey key;
  private final Clock clock;

  AgentOut(JdbcTemplate jdbc, SigningKey key, Clock clock) {
    this.jdbc = jdbc;
    this.key = key;
    this.clock = clock;
  }

  /// Signs a list, to be sent once this transaction is committed.
  ///
  /// @return its number
  /// @throws DuplicateKeyException when another transaction took the number just now; roll back and
  ///   try again
  long add(String source, String commit, Collection<WantLine> lines) {
    Instant now = clock.instant();
    long number = nextNumber(now);
    var about = new WantList.About(agent(), number, now, source, commit);
    jdbc.update(
        "insert into agent_out (number, source, commit_id, content, state, next_try, created_at)"
            + " values (?,?,?,?,'waiting',?,?)",
        number,
        source,
        commit,
        WantList.write(about, lines, key),
        ModuleRows.time(now),
        ModuleRows.time(now));
    return number;
  }

  private long nextNumber(Instant now) {
    Long last = jdbc.queryForObject("select coalesce(max(number), 0) from agent_out", Long.class);
    return Math.max((last == null ? 0 : last) + 1, now.toEpochMilli());
  }

  /// Puts a list of the same lines, with a new number and of now, in the place of one that was
  /// postponed.
  ///
  /// @throws DuplicateKeyException when another transaction took the number just now
  void renew(Waiting list) {
    Instant now = clock.instant();
    long number = nextNumber(now);
    var about = new WantList.About(agent(), number, now, list.source(), list.commit());
    jdbc.update(
        "update agent_out set number = ?, content = ?, state = 'waiting' where number = ?",
        number,
        WantList.write(about, list.lines(), key),
        list.number());
  }

  /// It was refused for what somebody can set right.
  void postponed(long number, String sentence, Instant nextTry) {
    failed(number, sentence, nextTry);
    jdbc.update("update agent_out set state = ? where number = ?", POSTPONED, number);
  }

  /// What was postponed is due now.
  void postponeNoLonger() {
    jdbc.update(
        "update agent_out set next_try = ? where state = ?",
        ModuleRows.time(clock.instant()),
        POSTPONED);
  }

  String agent() {
    return key.verifierKey().name();
  }

  /// @param attempts that failed
  /// @param postponed whether another list is to be made of it
  record Waiting(
      long number, String source, String commit, String content, int attempts, boolean postponed) {
    List<WantLine> lines() {
      int signature = content.indexOf("\n\n") + 2;
      return content
          .substring(content.indexOf("\n\n", signature) + 2)
          .lines()
          .map(WantLine::parse)
          .toList();
    }
  }

  /// The lowest number whose time has come.
  Optional<Waiting> due(long above) {
    return jdbc
        .query(
            "select number, source, commit_id, content, attempts, state from agent_out"
                + " where next_try <= ? and number > ? order by number limit 1",
            (row, _) ->
                new Waiting(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5),
                    POSTPONED.equals(row.getString(6))),
            ModuleRows.time(clock.instant()),
            above)
        .stream()
        .findFirst();
  }

  void ended(long number, String state, String sentence) {
    jdbc.update(
        "update agent_out set state = ?, next_try = null, sentence = ? where number = ?",
        state,
        StoredSentence.of(sentence),
        number);
    List<Long> newest =
        jdbc.queryForList(
            "select number from agent_out order by number desc limit 1 offset " + MOST_KEPT,
            Long.class);
    newest.forEach(
        last -> jdbc.update("delete from agent_out where next_try is null and number <= ?", last));
  }

  void failed(long number, String sentence, Instant nextTry) {
    jdbc.update(
        "update agent_out set attempts = attempts + 1, next_try = ?, sentence = ? where number = ?",
        ModuleRows.time(nextTry),
        StoredSentence.of(sentence),
        number);
  }
}
