package dev.modgate.watcher.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

final class DatabaseAtStartTest {
  @Test
  void waitsUntilTheDatabaseAnswers() throws Exception {
    var away = new SQLException("Connection refused", "08001");
    var database = new Failing(List.of(new AwayException("it does not answer", away)));

    DatabaseAtStart.await(database);

    assertThat(database.asked).isEqualTo(2);
  }

  @Test
  void doesNotWaitForWhatStaysWrong() {
    var database =
        new Failing(List.of(new SQLException("password authentication failed", "28P01")));

    assertThatThrownBy(() -> DatabaseAtStart.await(database)).hasMessageContaining("password");
    assertThat(database.asked).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "08001, true", // connection refused, an unknown host
    "08006, true", // broken off
    "57P03, true", // the database system is starting up
    "28P01, false", // the password
    "3D000, false", // no such database
    "90020, false", // an H2 file that another process has
  })
  void theInnermostStateCounts(String state, boolean waits) {
    var pool = new SQLException("the pool", "00000", new SQLException("the server", state));

    assertThat(DatabaseAtStart.isNotYet(pool)).isEqualTo(waits);
  }

  private static final class Failing extends DelegatingDataSource {
    private final Queue<SQLException> failures;
    private int asked;

    Failing(List<SQLException> failures) {
      super(h2());
      this.failures = new ArrayDeque<>(failures);
    }

    @Override
    public Connection getConnection() throws SQLException {
      asked++;
      SQLException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
      return super.getConnection();
    }
  }

  private static JdbcDataSource h2() {
    var database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:at-start");
    return database;
  }
}
