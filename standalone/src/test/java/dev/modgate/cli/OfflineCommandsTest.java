package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.start.key.PinnedKeys;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that need no running Modgate.
final class OfflineCommandsTest {
  @TempDir Path folder;

  @Test
  void aVerifierKeyIsMadeOnceAndItsSecretIsShownToNobody() throws Exception {
    Path file = folder.resolve("key");

    var made = run("verifier-key", file.toString(), "--name", "outer-1");
    var again = run("verifier-key", file.toString());

    assertThat(made.text)
        .contains(PinnedKeys.read(folder.resolve("key.pub")).getFirst().toString())
        .doesNotContain("PRIVATE");
    assertThat(made.exitCode).isZero();
    assertThat(again.text).contains("is there already");
    assertThat(again.exitCode).isEqualTo(1);
  }

  @Test
  void verifyWithoutAZoneOrAKeyIsUsage() throws Exception {
    var noZone = run("verify", "example.com/m@v1.0.0", "--data", folder.toString());
    Files.createDirectory(folder.resolve("inner"));
    var noKey = run("verify", "example.com/m@v1.0.0", "--data", folder.toString());
    var badKey =
        run("verify", "example.com/m@v1.0.0", "--data", folder.toString(), "--verifier-key", "a+b");

    assertThat(noZone.text).contains("is no folder of a zone store; name it with --zone or --data");
    assertThat(noKey.text).contains("no public key of a verifier is known");
    assertThat(badKey.text).contains("verifier key \"a+b\" is not of the form");
    assertThat(noZone.exitCode).isEqualTo(2);
    assertThat(noKey.exitCode).isEqualTo(2);
    assertThat(badKey.exitCode).isEqualTo(2);
  }

  @Test
  void aMemoryBeginsOnceAndIsShown() {
    String data = folder.toString();

    assertThat(run("trust", "show", "--data", data).exitCode).isEqualTo(2);
    assertThat(run("trust", "init", "--data", data).exitCode).isZero();
    var again = run("trust", "init", "--data", data);
    var shown = run("trust", "show", "--data", data);

    assertThat(again.text).contains("is there already, and is not begun anew");
    assertThat(again.exitCode).isEqualTo(1);
    assertThat(shown.text)
        .contains("sum.golang.org", "sum.golang.org+033de0ae+", "none was seen yet", "alarm  none");
    assertThat(shown.exitCode).isZero();
  }

  @Test
  void aBackupNeedsADataFolderAndARestoreABackup() {
    String data = folder.resolve("data").toString();
    String file = folder.resolve("backup.zip").toString();

    var noFolder = run("backup", file, "--data", data);
    var noDatabase = run("backup", file, "--data", folder.toString());
    var noBackup = run("restore", file, "--data", data);

    assertThat(noFolder.text).contains("is no data folder; name it with --data");
    assertThat(noFolder.exitCode).isEqualTo(2);
    assertThat(noDatabase.text).contains("there is no database");
    assertThat(noDatabase.exitCode).isEqualTo(1);
    assertThat(noBackup.text).contains("there is no file \"" + file + "\"");
    assertThat(noBackup.exitCode).isEqualTo(1);
  }

  @Test
  void anAcknowledgementNeedsAnAlarmAndAReason() {
    String data = folder.toString();
    run("trust", "init", "--data", data);

    var blank =
        run("security", "acknowledge", "sum.golang.org", "--by", "a", "--why", " ", "--data", data);
    var none =
        run("security", "acknowledge", "sum.golang.org", "--by", "a", "--why", "b", "--data", data);

    assertThat(blank.exitCode).isEqualTo(2);
    assertThat(none.text).contains("there is no alarm of \"sum.golang.org\"");
    assertThat(none.exitCode).isEqualTo(1);
  }

  @Test
  void anAgentHasAName() {
    var result = run("agent", "--data", folder.toString());

    assertThat(result.text).contains("modgate.watcher.agent.name is empty");
    assertThat(result.exitCode).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "sum.example.com", "a b c"})
  void aChecksumDatabaseWhoseKeyNobodyKnowsIsUsage(String sumdb) {
    var result = run("up", "--sumdb", sumdb, "--data", folder.toString());

    assertThat(result.text).contains("GOSUMDB");
    assertThat(result.exitCode).isEqualTo(2);
  }

  private record Result(int exitCode, String text) {}

  private static Result run(String... args) {
    var err = new StringWriter();
    var out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      int code = Main.commandLine().setErr(new PrintWriter(err, true)).execute(args);
      return new Result(code, out.toString(StandardCharsets.UTF_8) + err);
    } finally {
      System.setOut(before);
    }
  }
}
