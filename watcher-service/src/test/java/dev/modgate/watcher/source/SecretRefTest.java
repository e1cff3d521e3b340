package dev.modgate.watcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretRefTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadEachTimeWithoutItsLineEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "first\r\n");
    SecretRef secret = SecretRef.parse("file:" + file);

    assertThat(secret.read()).isEqualTo("first");
    Files.writeString(file, "second");

    assertThat(secret.read()).isEqualTo("second");
    assertThat(secret).hasToString("file:" + file);
  }

  @Test
  void whatCannotBeReadIsNamedByItsReference() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    Path large = Files.write(folder.resolve("large"), new byte[SecretRef.MOST_BYTES + 1]);

    for (String reference :
        new String[] {
          "file:" + empty, "file:" + large, "file:" + folder, "file:/no/such", "env:NO_SUCH_NAME"
        }) {
      assertThatExceptionOfType(SecretRef.UnreadableException.class)
          .isThrownBy(() -> SecretRef.parse(reference).read())
          .withMessageContaining(reference);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "env:", "env:A B", "file:", "file:relative", ""})
  void aSecretInPlaceOfAReferenceIsNotRepeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretRef.parse(text))
        .withMessage("is no reference to a secret, want env:NAME or file:/ABSOLUTE/PATH");
  }
}
