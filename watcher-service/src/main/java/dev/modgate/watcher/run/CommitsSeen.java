package dev.modgate.watcher.run;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `commit_seen` table: what became of each commit, whoever found it.
public final class CommitsSeen {
  private final JdbcTemplate jdbc;

  public CommitsSeen(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param sync null where nothing was to sync, or in an agent
  /// @param sentence for people
  public record Seen(
      String repository,
      String commit,
      String ref,
      String foundBy,
      @Nullable String sync,
      String sentence,
      Instant foundAt) {}

  /// What is said of a commit.
  ///
  /// @param unread why its plan is not all that it needs: it never counts as a success
  public record Words(String sentence, Optional<String> unread) {}

  public Optional<Seen> find(String source, String repository, String commit) {
    return query("source = ? and repository = ? and commit_id = ?", 1, source, repository, commit)
        .stream()
        .findFirst();
  }

  /// Of a commit in the list of its source.
  public record Place(Instant foundAt, String repository, String commit) {}

  /// The newest first.
  ///
  /// @param repository this one alone
  /// @param after the last one of the page before
  public List<Seen> of(
      String source, Optional<String> repository, Optional<Place> after, int limit) {
    var condition = new StringBuilder("source = ?");
    var arguments = new ArrayList<Object>(List.of(source));
    repository.ifPresent(name -> {
      condition.append(" and repository = ?");
      arguments.add(name.replace('\0', '\ufffd'));
    });
    after.ifPresent(place -> {
      condition.append(
          " and found_at <= ? and (found_at < ? or repository > ?"
              + " or (repository = ? and commit_id > ?))");
      OffsetDateTime at = ModuleRows.time(place.foundAt());
      arguments.addAll(List.of(at, at, place.repository(), place.repository(), place.commit()));
    });
    return query(condition.toString(), limit, arguments.toArray());
  }

  private List<Seen> query(String condition, int limit, Object... arguments) {
    return jdbc.query(
        "select repository, commit_id, ref, found_by, sync_id, sentence, found_at from commit_seen"
            + " where "
            + condition
            + " order by found_at desc, repository, commit_id limit "
            + limit,
        (row, _) ->
            new Seen(
                row.getString("repository"),
                row.getString("commit_id"),
                row.getString("ref"),
                row.getString("found_by"),
                row.getString("sync_id"),
                row.getString("sentence"),
                row.getObject("found_at", OffsetDateTime.class).toInstant()),
        arguments);
  }

  /// Has a commit that was seen before taken anew, unless its sync still runs.
  ///
  /// @param sync null in an agent
  /// @return whether it is
  public boolean again(WantSink.Commit commit, @Nullable String sync, Words words, Instant now) {
    return jdbc.update(
            "update commit_seen set sync_id = ?, sentence = ?, unread = ?, found_at = ?"
                + " where source = ? and repository = ? and commit_id = ? and not exists"
                + " (select 1 from sync s where s.id = commit_seen.sync_id"
                + " and s.finished_at is null)",
            sync,
            StoredSentence.of(words.sentence()),
            words.unread().orElse(null),
            ModuleRows.time(now),
            commit.repository().source(),
            commit.repository().name(),
            commit.id())
        > 0;
  }

  /// @param sync null where nothing is to sync, or in an agent
  /// @throws org.springframework.dao.DuplicateKeyException when the commit was seen before
  public void add(WantSink.Commit commit, @Nullable String sync, Words words, Instant now) {
    jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, run_id, sync_id,"
            + " sentence, unread, found_at) values (?,?,?,?,?,?,?,?,?,?)",
        commit.repository().source(),
        commit.repository().name(),
        commit.id(),
        commit.ref(),
        commit.foundBy().wireName(),
        commit.run(),
        sync,
        StoredSentence.of(words.sentence()),
        words.unread().orElse(null),
        ModuleRows.time(now));
  }
}
