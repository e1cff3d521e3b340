package dev.modgate.watcher.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.watcher.pause.OwnPauses;
import dev.modgate.watcher.pause.OwnPauses.Cause;
import dev.modgate.watcher.pause.Pause;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class PausingDataSourceTest {
  private final TestClock clock = new TestClock();
  private final OwnPauses pauses = new OwnPauses(clock);
  private final Pool pool = new Pool();
  private final PausingDataSource database = new PausingDataSource(pool, Optional.empty(), pauses);

  @Test
  void whoeverAsksWhileTheDatabaseIsAwayIsRefusedAtOnceWithTheReason() {
    pool.failure = new SQLTransientConnectionException("timeout", new ConnectException("refused"));

    assertThatThrownBy(database::getConnection).isInstanceOf(AwayException.class);
    assertThatThrownBy(database::getConnection)
        .isInstanceOf(AwayException.class)
        .hasMessage("the database does not answer: refused")
        .hasNoCause();

    assertThat(pool.asked).isEqualTo(1);
    Pause pause = Objects.requireNonNull(pauses.of(Cause.DATABASE));
    assertThat(pause.since()).isEqualTo(clock.instant());
    assertThat(pause.nextTry()).isAfter(pause.since());
  }

  @Test
  void thePauseEndsWithTheFirstConnection() throws Exception {
    pauses.lasts(Cause.DATABASE, "away", java.time.Duration.ZERO);

    database.getConnection().close();

    assertThat(pauses.all()).isEmpty();
  }

  @Test
  void aPoolThatIsBusyIsNoPause() {
    pool.failure = new SQLTransientConnectionException("timeout, active=8");

    assertThatThrownBy(database::getConnection).isSameAs(pool.failure);

    assertThat(pauses.all()).isEmpty();
  }

  private static final class Pool extends AbstractDataSource {
    private @Nullable SQLException failure;
    private int asked;

    @Override
    public Connection getConnection() throws SQLException {
      asked++;
      if (failure != null) {
        throw failure;
      }
      return DriverManager.getConnection("jdbc:h2:mem:");
    }

    @Override
    public Connection getConnection(String user, String password) {
      throw new UnsupportedOperationException();
    }
  }
}
