package dev.modgate.watcher.intake;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import dev.modgate.watcher.wantlist.Refusal;
import dev.modgate.watcher.wantlist.RefusedException;
import dev.modgate.watcher.wantlist.WantListHeader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `want_list` and `want_list_refused` tables.
final class TakenLists {
  /// Of each agent; lists of lower numbers are refused.
  static final int WINDOW = 10_000;

  private static final int MOST_REFUSED = 1_000;

  /// Anybody can send them: they don't take the others' place.
  private static final int MOST_UNSIGNED_REFUSED = 100;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  TakenLists(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /// @param sha256 of what was signed
  /// @param sentence null while its sync is not there
  private record Row(String sha256, @Nullable String sentence) {}

  /// Notes that the list is about to be taken.
  ///
  /// @param sha256 of what was signed
  /// @return its sentence where it was taken before
  /// @throws RefusedException when its number was used for another, or is too low
  Optional<String> begin(WantListHeader header, String sha256, String via) throws RefusedException {
    Optional<Row> before = find(header);
    if (before.isEmpty()) {
      refuseForgotten(header);
      if (insert(header, sha256, via)) {
        return Optional.empty();
      }
      before = find(header); // another has just begun with it
    }
    if (before.isPresent() && !before.get().sha256().equals(sha256)) {
      throw new RefusedException(
          Refusal.REPLAYED,
          "number "
              + header.number()
              + " of agent "
              + header.agent()
              + " was used for another want list");
    }
    return before.flatMap(row -> Optional.ofNullable(row.sentence()));
  }

  /// The sentence of this very list, where it was taken before.
  ///
  /// @param sha256 of what was signed
  Optional<String> sentence(WantListHeader header, String sha256) {
    return find(header)
        .filter(row -> row.sha256().equals(sha256))
        .flatMap(row -> Optional.ofNullable(row.sentence()));
  }

  private Optional<Row> find(WantListHeader header) {
    return jdbc
        .query(
            "select sha256, sentence from want_list where agent = ? and number = ?",
            (row, _) -> new Row(row.getString(1), row.getString(2)),
            header.agent(),
            header.number())
        .stream()
        .findFirst();
  }

  private void refuseForgotten(WantListHeader header) throws RefusedException {
    List<Long> forgotten =
        jdbc.queryForList(
            "select forgotten from agent_peer where agent = ? and forgotten >= ?",
            Long.class,
            header.agent(),
            header.number());
    if (!forgotten.isEmpty()) {
      throw new RefusedException(
          Refusal.REPLAYED,
          "number "
              + header.number()
              + " of agent "
              + header.agent()
              + " is not above "
              + forgotten.getFirst()
              + ", up to which lists are forgotten");
    }
    List<Long> floor =
        jdbc.queryForList(
            "select number from want_list where agent = ? order by number desc limit 1 offset "
                + (WINDOW - 1),
            Long.class,
            header.agent());
    if (!floor.isEmpty() && header.number() < floor.getFirst()) {
      throw new RefusedException(
          Refusal.REPLAYED,
          "number "
              + header.number()
              + " of agent "
              + header.agent()
              + " is below "
              + floor.getFirst()
              + ", the lowest that is remembered");
    }
  }

  private boolean insert(WantListHeader header, String sha256, String via) {
    try {
      jdbc.update(
          "insert into want_list (agent, number, sha256, source, commit_id, line_count, via,"
              + " made_at, received_at) values (?,?,?,?,?,?,?,?,?)",
          header.agent(),
          header.number(),
          sha256,
          header.source(),
          header.commit(),
          header.lines(),
          via,
          ModuleRows.time(header.created()),
          ModuleRows.time(clock.instant()));
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  /// Its sync is there.
  void complete(WantListHeader header, String sentence) {
    jdbc.update(
        "update want_list set sentence = ?, received_at = ? where agent = ? and number = ?",
        StoredSentence.of(sentence),
        ModuleRows.time(clock.instant()),
        header.agent(),
        header.number());
    jdbc.queryForList(
            "select number from want_list where agent = ? order by number desc limit 1 offset "
                + WINDOW,
            Long.class,
            header.agent())
        .forEach(below ->
            jdbc.update(
                "delete from want_list where agent = ? and number <= ?", header.agent(), below));
  }

  /// Keeps why a list was refused; the same once more in a row is counted.
  ///
  /// @param header null where nobody known has signed it
  void refused(@Nullable WantListHeader header, String via, RefusedException why) {
    String sentence = StoredSentence.of(why.sentence());
    int again =
        jdbc.update(
            "update want_list_refused set times = times + 1, received_at = ? where id ="
                + " (select max(id) from want_list_refused) and via = ? and refusal = ?"
                + " and sentence = ?",
            ModuleRows.time(clock.instant()),
            via,
            why.refusal().wireName(),
            sentence);
    if (again > 0) {
      return;
    }
    jdbc.update(
        "insert into want_list_refused (agent, number, source, commit_id, via, refusal, sentence,"
            + " times, received_at) values (?,?,?,?,?,?,?,1,?)",
        header == null ? null : header.agent(),
        header == null ? null : header.number(),
        header == null ? null : header.source(),
        header == null ? null : header.commit(),
        via,
        why.refusal().wireName(),
        sentence,
        ModuleRows.time(clock.instant()));
    forgetRefused(
        header == null ? "agent is null" : "agent is not null",
        header == null ? MOST_UNSIGNED_REFUSED : MOST_REFUSED);
  }

  private void forgetRefused(String which, int most) {
    jdbc.queryForList(
            "select id from want_list_refused where "
                + which
                + " order by id desc limit 1 offset "
                + most,
            Long.class)
        .forEach(
            last -> jdbc.update("delete from want_list_refused where id <= ? and " + which, last));
  }
}
