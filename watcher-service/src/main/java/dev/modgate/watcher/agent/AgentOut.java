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
    Long last = jdbc.queryForObject("select coalesce(max(number), 0) from agent_out", Long.class);
    long number = Math.max((last == null ? 0 : last) + 1, now.toEpochMilli());
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

  String agent() {
    return key.verifierKey().name();
  }

  /// @param attempts that failed
  record Waiting(long number, String source, String commit, String content, int attempts) {}

  /// The lowest number whose time has come.
  Optional<Waiting> due(long above) {
    return jdbc
        .query(
            "select number, source, commit_id, content, attempts from agent_out where next_try <= ?"
                + " and number > ? order by number limit 1",
            (row, _) ->
                new Waiting(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5)),
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
