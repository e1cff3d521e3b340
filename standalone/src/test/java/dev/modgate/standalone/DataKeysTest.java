package dev.modgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.StartException;
import dev.modgate.start.key.PinnedKeys;
import dev.modgate.start.key.SigningKeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataKeysTest {
  @TempDir Path data;

  @Test
  void areMadeOnceAndPinned() throws Exception {
    String first = DataKeys.of(data).ready();
    String again = DataKeys.of(data).ready();

    assertThat(again).isEqualTo(first);
    assertThat(Files.readString(data.resolve("keys/verifier.pub"))).isEqualTo(first + "\n");
  }

  @Test
  void aLostSigningKeyStopsTheStartAndSaysWhatToDo() throws Exception {
    String lost = DataKeys.of(data).ready();
    Files.delete(data.resolve("keys/verifier"));

    assertFails("the signing key \"" + data.resolve("keys/verifier") + "\" is lost: restore it");
    new SigningKeyFile(data.resolve("keys/verifier")).create("modgate-verifier");

    assertThat(DataKeys.of(data).ready()).startsWith(lost + ",modgate-verifier+");
  }

  @Test
  void aLostPinStopsTheStartAndNamesTheLine() throws Exception {
    String key = DataKeys.of(data).ready();
    Files.delete(data.resolve("keys/verifier.pub"));

    assertFails("keys/verifier.pub\" is lost, which pins the verifier");
    assertFails("put this line into it: " + key);
  }

  @Test
  void aReplacedSigningKeyIsNotTheOneThatIsPinned() throws Exception {
    String pinned = DataKeys.of(data).ready();
    Files.delete(data.resolve("keys/verifier"));
    var other = new SigningKeyFile(data.resolve("other"));
    var key = other.create("modgate-verifier").verifierKey();
    Files.move(other.path(), data.resolve("keys/verifier"));

    assertFails("is " + key.id() + ", but ");
    assertFails("pins " + PinnedKeys.parse(pinned).getFirst().id());
  }

  @Test
  void aLostPairIsNotMadeAnewWhereModulesAreInside() throws Exception {
    Files.createDirectories(data.resolve("inner/_modgate/evidence"));

    assertFails("modules are inside, but the key pair ");
    assertThat(data.resolve("keys")).doesNotExist();
  }

  private void assertFails(String why) {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> DataKeys.of(data).ready())
        .withMessageContaining(why);
  }
}
