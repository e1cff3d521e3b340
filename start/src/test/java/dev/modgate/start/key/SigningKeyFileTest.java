package dev.modgate.start.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyFileTest {
  @TempDir Path folder;
  private SigningKeyFile file = new SigningKeyFile(Path.of("key"));

  @BeforeEach
  void inTheFolder() {
    file = new SigningKeyFile(folder.resolve("keys/key"));
  }

  @Test
  void isReadAsItWasMadeAndByItsOwnerOnly() throws Exception {
    var made = file.create("verifier");

    assertThat(file.read().verifierKey()).isEqualTo(made.verifierKey());
    assertThat(PinnedKeys.read(file.publicKeys())).containsExactly(made.verifierKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void isNeverOverwritten() {
    var made = file.create("verifier");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> file.create("verifier"))
        .withMessageContaining("is there already");
    assertThat(file.read().verifierKey()).isEqualTo(made.verifierKey());
  }

  @Test
  void aNewOneAfterALossKeepsTheOldPublicKey() throws Exception {
    var lost = file.create("verifier");
    Files.delete(file.path());

    var made = file.create("verifier");

    assertThat(PinnedKeys.read(file.publicKeys()))
        .containsExactly(lost.verifierKey(), made.verifierKey());
  }

  @Test
  void isRefusedWhereOthersMayReadIt() throws Exception {
    file.create("verifier");
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(file::read)
        .withMessageContaining("has permissions rw-r-----, want rw------- or less");
  }

  @Test
  void saysWhatIsWrongWithoutTheSecret() throws Exception {
    String secret = file.create("verifier").secretText();
    Files.writeString(file.path(), secret.substring(0, secret.length() - 4));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(file::read)
        .withMessageContaining("can't be used: signing key")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret.substring(40, 60)));
  }

  @Test
  void inThePlaceOfItsPublicHalfItIsRefusedWithoutTheSecret() {
    String secret = file.create("verifier").secretText();

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> PinnedKeys.read(file.path()))
        .withMessageContaining("\"" + file.path() + "\" can't be used: ")
        .withMessageEndingWith("is a signing key, want its public half, name+hash+key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PinnedKeys.parse("," + secret))
        .withMessageEndingWith("is a signing key, want its public half, name+hash+key");
  }

  @Test
  void nothingButThePairIsLeftAlsoWhereItIsThereAlready() throws Exception {
    file.create("verifier");
    assertThatExceptionOfType(StartException.class).isThrownBy(() -> file.create("verifier"));

    try (var files = Files.list(folder.resolve("keys"))) {
      assertThat(files).containsExactlyInAnyOrder(file.path(), file.publicKeys());
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.publicKeys())))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void aLostOneIsNamedWithWhatToDo() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(file::read)
        .withMessageContaining("does not exist")
        .withMessageContaining("modgate verifier-key " + file.path());
  }
}
