package dev.modgate.watcher.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.testsupport.TinyDisk;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientFilesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aCommitWaitsUntilTheDiskHasRoomAndNothingIsLost() throws Exception {
    try (var disk = TinyDisk.mount(folder.resolve("disk"), 4096)) {
      String url = "jdbc:h2:file:" + disk.folder().resolve("it") + ";WRITE_DELAY=0";
      try (Connection connection = connect(PatientFiles.url(url))) {
        execute(connection, "create table t (x varchar)");
        Path filler = disk.fill();

        CompletableFuture<Void> inserted =
            CompletableFuture.runAsync(() -> insert(connection, 50, 3_000));

        await().atMost(LIMIT).until(() -> PatientFiles.waits().isPresent());
        assertThat(PatientFiles.waits().orElseThrow()).contains("No space left on device");
        assertThat(inserted).isNotDone();
        Files.delete(filler);
        assertThat(inserted).succeedsWithin(LIMIT);
        assertThat(PatientFiles.waits()).isEmpty();
        assertThat(count(connection)).isEqualTo(50);
      }
      try (Connection plain = connect(url)) {
        assertThat(count(plain)).isEqualTo(50);
      }
    }
  }

  @Test
  void onlyFilesOfH2ArePatient() {
    String postgres = "jdbc:postgresql://host/base";

    assertThat(PatientFiles.url(postgres)).isEqualTo(postgres);
    assertThat(PatientFiles.folder(postgres)).isEmpty();
    assertThat(PatientFiles.folder("jdbc:h2:mem:x")).isEmpty();
    assertThat(PatientFiles.folder("jdbc:h2:file:/a/b/modgate;WRITE_DELAY=0"))
        .contains(new File("/a/b"));
    assertThat(PatientFiles.url("jdbc:h2:file:./a/b;X=1")).isEqualTo("jdbc:h2:patient:./a/b;X=1");
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, "modgate", "");
  }

  private static void insert(Connection connection, int rows, int length) {
    try {
      for (int i = 0; i < rows; i++) {
        execute(connection, "insert into t values (random_uuid() || repeat('x', " + length + "))");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from t")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
