package dev.modgate.watcher.insert;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Inserts rows, many by each statement, a bounded number of them at a time.
public final class ManyRows {
  /// Of one statement. PostgreSQL takes 65,535 values.
  private static final int MOST_ROWS = 50;

  /// Sent at once; what is sent is held in memory.
  private static final int STATEMENTS = 10;

  private final String insert;
  private final String row;

  /// @param columns with commas between them
  public ManyRows(String table, String columns) {
    this.insert = "insert into " + table + " (" + columns + ") values ";
    this.row = "(" + String.join(",", Collections.nCopies(columns.split(",").length, "?")) + ")";
  }

  /// @param values of one row, in the order of the columns; null only for text
  public <T> void write(JdbcTemplate jdbc, List<T> rows, Function<T, @Nullable Object[]> values) {
    int whole = rows.size() / MOST_ROWS;
    List<List<T>> pieces =
        IntStream.range(0, whole)
            .mapToObj(i -> rows.subList(i * MOST_ROWS, (i + 1) * MOST_ROWS))
            .toList();
    if (whole > 0) {
      jdbc.batchUpdate(
          statement(MOST_ROWS), pieces, STATEMENTS, (s, piece) -> set(s, piece, values));
    }
    List<T> rest = rows.subList(whole * MOST_ROWS, rows.size());
    if (!rest.isEmpty()) {
      jdbc.update(statement(rest.size()), s -> set(s, rest, values));
    }
  }

  private String statement(int rows) {
    return insert + String.join(",", Collections.nCopies(rows, row));
  }

  private static <T> void set(
      PreparedStatement statement, List<T> rows, Function<T, @Nullable Object[]> values)
      throws SQLException {
    int index = 0;
    for (T one : rows) {
      for (Object value : values.apply(one)) {
        index++;
        if (value == null) {
          statement.setNull(index, Types.VARCHAR);
        } else {
          statement.setObject(index, value);
        }
      }
    }
  }
}
