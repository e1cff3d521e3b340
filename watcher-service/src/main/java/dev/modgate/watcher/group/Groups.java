package dev.modgate.watcher.group;

import static java.util.stream.Collectors.toSet;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import dev.modgate.watcher.insert.ManyRows;
import dev.modgate.watcher.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The tables `source_group`, `group_found`, `group_missing` and `source_repository`. For many
/// threads, and several watchers on one database: each group has one that looks at a time, for as
/// long as its lease lasts.
public final class Groups {
  /// Longer than a listing may take.
  private static final Duration LEASE = Duration.ofMinutes(10);

  private static final ManyRows FOUND = new ManyRows("group_found", "source, repository");
  private static final ManyRows MISSING = new ManyRows("group_missing", "source, repository");
  private static final ManyRows JOINED =
      new ManyRows("source_repository", "source, repository, joined_at");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;

  public Groups(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /// @param failures in a row, before this look
  record Leased(String source, String lease, GroupState state, int failures) {}

  /// @return empty where it is not its time, or another has it
  Optional<Leased> lease(Source source, Source.Place.Group group) {
    String place = group.base() + " " + group.path();
    OffsetDateTime now = ModuleRows.time(clock.instant());
    if (place(source.name()).isEmpty()) {
      try {
        jdbc.update(
            "insert into source_group (source, place, state, next_look) values (?,?,'new',?)",
            source.name(),
            place,
            now);
      } catch (DuplicateKeyException e) {
        // another watcher was first
      }
    }
    String lease = UUID.randomUUID().toString();
    boolean elsewhere = !place(source.name()).equals(Optional.of(place));
    int taken =
        jdbc.update(
            "update source_group set lease = ?, leased_until = ? where source = ?"
                + (elsewhere ? " and next_look >= ?" : " and next_look <= ?")
                + " and (leased_until is null or leased_until <= ?)",
            lease,
            now.plus(LEASE),
            source.name(),
            elsewhere ? ModuleRows.time(Instant.EPOCH) : now,
            now);
    if (taken == 0) {
      return Optional.empty();
    }
    if (elsewhere) { // what is known is of another group
      jdbc.update(
          "update source_group set place = ?, state = 'new', failures = 0 where lease = ?",
          place,
          lease);
      jdbc.update("delete from group_found where source = ?", source.name());
    }
    return jdbc
        .query(
            "select state, failures from source_group where lease = ?",
            (row, _) ->
                new Leased(
                    source.name(), lease, GroupState.ofWireName(row.getString(1)), row.getInt(2)),
            lease)
        .stream()
        .findFirst();
  }

  /// Where groups are looked at more often than before, the next look comes sooner.
  void nearer(Duration every) {
    Instant now = clock.instant();
    jdbc.update(
        "update source_group set next_look = ? where failures = 0 and lease is null"
            + " and next_look > ?",
        ModuleRows.time(now.plus(every)),
        ModuleRows.time(now.plus(every.multipliedBy(6).dividedBy(5))));
  }

  private Optional<String> place(String source) {
    return jdbc
        .queryForList("select place from source_group where source = ?", String.class, source)
        .stream()
        .findFirst();
  }

  /// Writes down what a look has changed, and ends its lease; nothing where the lease ran out, or
  /// somebody confirmed the import meanwhile.
  void found(Leased leased, Discovery discovery, Instant nextLook, int failures) {
    transaction.executeWithoutResult(_ -> {
      boolean ours =
          !jdbc.queryForList(
                  "select source from source_group where lease = ? and state = ? for update",
                  String.class,
                  leased.lease(),
                  leased.state().wireName())
              .isEmpty();
      if (ours) {
        write(leased, discovery);
      }
      jdbc.update(
          "update source_group set next_look = ?, failures = ?, lease = null, leased_until = null"
              + " where lease = ?",
          ModuleRows.time(nextLook),
          failures,
          leased.lease());
    });
  }

  private void write(Leased leased, Discovery discovery) {
    String source = leased.source();
    switch (discovery) {
      case Discovery.Joined(var joins, var leaves, var missing, var whole, var sentence) -> {
        join(source, joins);
        leave(source, leaves);
        jdbc.update("delete from group_missing where source = ?", source);
        MISSING.write(jdbc, List.copyOf(missing), name -> new Object[] {source, name});
        state(source, GroupState.IMPORTED, sentence, whole);
        jdbc.update("delete from group_found where source = ?", source);
      }
      case Discovery.Sized(var names, var sentence) -> {
        jdbc.update("delete from group_found where source = ?", source);
        FOUND.write(jdbc, List.copyOf(names), name -> new Object[] {source, name});
        state(source, GroupState.SIZED, sentence, true);
      }
      case Discovery.Nothing(var sentence) -> state(source, leased.state(), sentence, false);
    }
  }

  private void state(String source, GroupState state, String sentence, boolean listed) {
    jdbc.update(
        "update source_group set state = ?, sentence = ? where source = ?",
        state.wireName(),
        StoredSentence.of(sentence),
        source);
    if (listed) {
      jdbc.update(
          "update source_group set listed_at = ? where source = ?",
          ModuleRows.time(clock.instant()),
          source);
    }
  }

  private void join(String source, Collection<String> names) {
    OffsetDateTime now = ModuleRows.time(clock.instant());
    var left =
        new TreeSet<>(
            jdbc.queryForList(
                "select repository from source_repository where source = ? and left_at is not null",
                String.class,
                source));
    left.retainAll(names);
    jdbc.batchUpdate(
        "update source_repository set left_at = null, joined_at = ? where source = ?"
            + " and repository = ?",
        left.stream().map(name -> new Object[] {now, source, name}).toList());
    JOINED.write(
        jdbc,
        names.stream().filter(name -> !left.contains(name)).toList(),
        name -> new Object[] {source, name, now});
  }

  private void leave(String source, Collection<String> names) {
    OffsetDateTime now = ModuleRows.time(clock.instant());
    jdbc.batchUpdate(
        "update source_repository set left_at = ? where source = ? and repository = ?",
        names.stream().map(name -> new Object[] {now, source, name}).toList());
  }

  /// @param wants whether the declaration means a repository
  Discovery.Known known(String source, Predicate<String> wants) {
    List<String> all = joined(source);
    List<String> missing =
        jdbc.queryForList(
            "select repository from group_missing where source = ?", String.class, source);
    return new Discovery.Known(
        all.stream().filter(wants).collect(toSet()),
        all.stream().filter(wants.negate()).collect(toSet()),
        Set.copyOf(missing));
  }

  /// Those that are read now.
  List<String> joined(String source) {
    return jdbc.queryForList(
        "select repository from source_repository where source = ? and left_at is null"
            + " order by repository",
        String.class,
        source);
  }

  /// Begins to read the repositories that a sized group was found to have. Again does nothing.
  ///
  /// @return whether the group was sized, or imported already
  boolean confirm(String source) {
    Boolean confirmed =
        transaction.execute(_ -> {
          List<String> state =
              jdbc.queryForList(
                  "select state from source_group where source = ? for update",
                  String.class,
                  source);
          if (state.isEmpty() || state.getFirst().equals(GroupState.NEW.wireName())) {
            return false;
          }
          if (state.getFirst().equals(GroupState.SIZED.wireName())) {
            importFound(source);
          }
          return true;
        });
    return Boolean.TRUE.equals(confirmed);
  }

  private void importFound(String source) {
    var found = new TreeSet<>(found(source));
    joined(source).forEach(found::remove);
    join(source, found);
    jdbc.update("delete from group_found where source = ?", source);
    jdbc.update(
        "update source_group set state = ?, sentence = ?, next_look = ? where source = ?",
        GroupState.IMPORTED.wireName(),
        Discovery.repositories(found.size()) + " joined",
        ModuleRows.time(clock.instant()),
        source);
  }

  private List<String> found(String source) {
    return jdbc.queryForList(
        "select repository from group_found where source = ?", String.class, source);
  }
}
