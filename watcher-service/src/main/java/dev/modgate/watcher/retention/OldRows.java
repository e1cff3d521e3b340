package dev.modgate.watcher.retention;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.jdbc.core.JdbcTemplate;

/// A rule about the rows of one table, by a column with a time.
///
/// @param table what is deleted from; what hangs on a row by `on delete cascade` goes with it, and
///   must be little
public record OldRows(JdbcTemplate jdbc, String what, Duration keep, Table table)
    implements RetentionRule {
  private static final int BATCH = 500;

  /// @param key the columns of its primary key
  /// @param time has an index; rows where it is null stay
  /// @param kept SQL about a row `t` that stays all the same, never null for one; empty for none
  public record Table(String name, List<String> key, String time, String kept) {
    public Table {
      key = List.copyOf(key);
    }

    private String unlessKept() {
      return kept.isEmpty() ? "" : " and not (" + kept + ")";
    }

    private String next() {
      return "select "
          + String.join(", ", key)
          + ", "
          + time
          + " from "
          + name
          + " t where t."
          + time
          + " >= ? and t."
          + time
          + " < ?"
          + unlessKept()
          + " order by t."
          + time
          + " limit "
          + BATCH;
    }

    /// By the key alone: H2 would walk all that is old by a condition on the time, and does not
    /// look into the index of one column by a row value.
    private String delete(int rows) {
      boolean simple = key.size() == 1;
      String columns = String.join(", ", key);
      String one =
          simple ? "?" : "(" + String.join(",", Collections.nCopies(key.size(), "?")) + ")";
      return "delete from "
          + name
          + " t where "
          + (simple ? columns : "(" + columns + ")")
          + " in ("
          + String.join(",", Collections.nCopies(rows, one))
          + ")"
          + unlessKept();
    }
  }

  @Override
  public Walk walk(Instant before) {
    return new OneWalk(before);
  }

  private record Found(List<Object> key, Instant time) {}

  private final class OneWalk implements Walk {
    private final OffsetDateTime before;

    /// Rows that stay, before this, are not looked at again.
    private OffsetDateTime from = ModuleRows.time(Instant.EPOCH);

    private OneWalk(Instant before) {
      this.before = ModuleRows.time(before);
    }

    @Override
    public OptionalInt deleteSome() {
      List<Found> next = next();
      if (next.isEmpty()) {
        return OptionalInt.empty();
      }
      var arguments = new ArrayList<Object>();
      next.forEach(row -> arguments.addAll(row.key()));
      int deleted = jdbc.update(table.delete(next.size()), arguments.toArray());
      from = ModuleRows.time(next.getLast().time());
      return OptionalInt.of(deleted);
    }

    private List<Found> next() {
      return jdbc.query(
          table.next(),
          (row, _) -> {
            var key = new ArrayList<Object>();
            for (int i = 1; i <= table.key().size(); i++) {
              key.add(row.getObject(i));
            }
            Instant time = row.getObject(table.key().size() + 1, OffsetDateTime.class).toInstant();
            return new Found(key, time);
          },
          from,
          before);
    }
  }
}
