package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "foo:8080",
        "ftp://a.example",
        "http:///x",
        "http://",
        "http://a.example/go",
        "http://a.example?x",
        "http://a b",
        "http:// "
      })
  void aServerThatIsNoAddressIsUsage(String url) {
    var result = run("status", "--server", url);

    assertThat(result.text).contains("\"" + url + "\" is no address of a Modgate");
    assertThat(result.exitCode).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://ci:s3cr3t@127.0.0.1:1", "ci:s3cr3t@127.0.0.1:1"})
  void aPasswordOfAServerIsRefusedAndNotRepeated(String url) {
    var result = run("sync", "--server", url, "golang.org/x/text@v0.14.0");

    assertThat(result.text).contains("--token-file").doesNotContain("s3cr3t");
    assertThat(result.exitCode).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "http", "99999999999"})
  void aPortThatIsNoneIsUsage(String port) {
    var result = run("up", "--port=" + port);

    assertThat(result.text).contains("\"" + port + "\" is no port, want 0 to 65535");
    assertThat(result.exitCode).isEqualTo(2);
  }

  @Test
  void aServerThatDoesNotAnswerIsNotReachable() {
    var result = run("status", "--server", "http://127.0.0.1:1/");

    assertThat(result.text).contains("does not answer at http://127.0.0.1:1");
    assertThat(result.exitCode).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cr3t-one\ns3cr3t-two", "s3cr3t one", "s3cr3t-ö", "\n"})
  void aTokenThatNoHeaderCanCarryIsRefusedAndNotRepeated(String text, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("token"), text);

    var result = run("status", "--server", "http://127.0.0.1:1", "--token-file", file.toString());

    assertThat(result.text).contains("token file \"" + file + "\"").doesNotContain("s3cr3t");
    assertThat(result.exitCode).isEqualTo(2);
  }

  @Test
  void aTokenFileThatIsTooLargeIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "a".repeat(4097));

    var result = run("status", "--server", "http://127.0.0.1:1", "--token-file", file.toString());

    assertThat(result.text).contains("of 4096 bytes at most");
    assertThat(result.exitCode).isEqualTo(2);
  }

  private record Result(int exitCode, String text) {}

  private static Result run(String... args) {
    var text = new StringWriter();
    int code = Main.commandLine().setErr(new PrintWriter(text, true)).execute(args);
    return new Result(code, text.toString());
  }
}
