package dev.modgate.watcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.modgate.watcher.api.BadRequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class DatabaseCopiesTest {
  @TempDir Path folder;
  private HikariDataSource pool = new HikariDataSource();

  @BeforeEach
  void open() {
    pool = pool(folder.resolve("modgate"));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void eachCopyIsOfOneMomentWhateverIsWrittenMeanwhile() throws Exception {
    var jdbc = new JdbcTemplate(pool);
    jdbc.execute("create table one (id integer primary key, filler varchar(1000))");
    jdbc.execute("create table two (id integer primary key, filler varchar(1000))");
    var transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    var stop = new AtomicBoolean();
    var copies = new DatabaseCopies(jdbc);

    var writer =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; !stop.get(); i++) {
            int id = i;
            transaction.executeWithoutResult(_ -> {
              jdbc.update("insert into one values (?, ?)", id, "x".repeat(900));
              jdbc.update("insert into two values (?, ?)", id, "x".repeat(900));
            });
          }
        });
    long before = 0;
    for (int i = 0; i < 5; i++) {
      Path copied = folder.resolve("copy" + i + ".mv.db");
      try (var copy = copies.take();
          var in = copy.open()) {
        assertThat(Files.copy(in, copied)).isEqualTo(copy.size());
      }
      try (HikariDataSource other = pool(folder.resolve("copy" + i))) {
        var there = new JdbcTemplate(other);
        long one = count(there, "one");
        assertThat(count(there, "two")).isEqualTo(one).isGreaterThanOrEqualTo(before);
        before = one;
      }
    }
    stop.set(true);
    writer.get();

    assertThat(count(jdbc, "one")).isGreaterThanOrEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**.zip");
  }

  private static long count(JdbcTemplate jdbc, String table) {
    Long count = jdbc.queryForObject("select count(*) from " + table, Long.class);
    return count == null ? -1 : count;
  }

  @Test
  void oneIsTakenAtATime() throws Exception {
    var copies = new DatabaseCopies(new JdbcTemplate(pool));

    try (var _ = copies.take()) {
      assertThatThrownBy(copies::take)
          .isInstanceOf(BadRequestException.class)
          .hasMessageContaining("another backup is being taken");
    }

    copies.take().close();
  }

  @Test
  void aDatabaseThatIsNoFileIsRefusedEachTime() {
    try (var memory = new HikariDataSource()) {
      memory.setJdbcUrl("jdbc:h2:mem:copies");
      var copies = new DatabaseCopies(new JdbcTemplate(memory));

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(copies::take)
            .isInstanceOf(BadRequestException.class)
            .hasMessageContaining("pg_dump");
      }
    }
  }

  private static HikariDataSource pool(Path database) {
    var pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:h2:file:" + database + ";WRITE_DELAY=0");
    pool.setUsername("modgate");
    pool.setMaximumPoolSize(4);
    return pool;
  }
}
