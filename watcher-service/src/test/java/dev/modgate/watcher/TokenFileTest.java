package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void posix() {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no POSIX permissions");
    file = folder.resolve("token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void takesTheTokenThatItsOwnerAloneCanRead(String permissions) throws Exception {
    write(TOKEN + "\n", permissions);

    assertThat(TokenFile.token(file)).isEqualTo(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-", "rw--w----"})
  void refusesAFileThatOthersCanUseNamingBothPermissions(String permissions) throws Exception {
    write(TOKEN, permissions);

    assertThatThrownBy(() -> TokenFile.token(file))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "token file \"%s\" has permissions %s, want rw------- or less: nobody but its owner may"
                + " use it",
            file, permissions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                   | is empty, want a token of at least 16 characters
          ' '                  | is empty, want a token of at least 16 characters
          0123456789abcde      | holds a token of 15 characters, want at least 16
          01234567 89abcdef    | holds more than one word
          0123456789abcdefé    | printable ASCII
          """)
  void refusesATokenThatIsNone(String token, String sentence) throws Exception {
    write(token, "rw-------");

    assertThatThrownBy(() -> TokenFile.token(file))
        .hasMessageStartingWith("token file \"" + file + "\"")
        .hasMessageContaining(sentence);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> TokenFile.token(file))
        .hasMessage("token file \"" + file + "\" does not exist");
  }

  @Test
  void refusesALargeFile() throws Exception {
    write("a".repeat(4097), "rw-------");

    assertThatThrownBy(() -> TokenFile.token(file))
        .hasMessageContaining("has 4097 bytes, want at most 4096");
  }

  private void write(String text, String permissions) throws Exception {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
