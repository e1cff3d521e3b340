package dev.modgate.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.audit.TrustFolder;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.start.StartException;
import dev.modgate.testsupport.FakeSumDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataTrustTest {
  @TempDir Path data;
  private final String corp = FakeSumDb.named("sum.corp.example/x").key().toString();

  @Test
  void isBegunWhereNothingHasComeInside() {
    assertThat(trust().mayBegin()).isTrue();

    trust().check(Optional.empty());
    trust().check(Optional.of(corp));
  }

  @ParameterizedTest
  @ValueSource(strings = {"inner/sumdb", "inner/_modgate/evidence"})
  void isLostWhereSomethingIsInside(String inside) throws Exception {
    Files.createDirectories(data.resolve(inside));

    assertThat(trust().mayBegin()).isFalse();
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> trust().check(Optional.empty()))
        .withMessageContaining(
            "modules are inside, but \"" + data + "/outer/trust/sum.golang.org\"")
        .withMessageEndingWith("begin with: modgate trust init --data " + data);
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> trust().check(Optional.of(corp)))
        .withMessageEndingWith("modgate trust init --data " + data + " --sumdb " + corp);
    trust().check(Optional.of("off"));
  }

  @Test
  void goesOnWhereAPersonHasBegunIt() throws Exception {
    Files.createDirectories(data.resolve("inner/sumdb"));
    begin(corp);

    trust().check(Optional.of(corp));
  }

  @Test
  void ofAnotherDatabaseIsNotJoinedByThePublicOneUnlessSomebodySaysSo() throws Exception {
    begin(corp);

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> trust().check(Optional.empty()))
        .withMessageContaining("remembers the checksum database \"sum.corp.example/x\"")
        .withMessageContaining("sum.golang.org would be asked now: say which one with --sumdb");
    trust().check(Optional.of("sum.golang.org"));
    trust().check(Optional.of(corp));
  }

  @Test
  void isBegunByTheVerifierOnlyBeforeAnythingComesInside() throws Exception {
    assertThat(verifier()).containsEntry("modgate.verifier.sumdb-init", "true");
    Files.createDirectories(data.resolve("inner/sumdb"));

    assertThat(verifier()).doesNotContainKey("modgate.verifier.sumdb-init");
  }

  private Map<String, String> verifier() {
    var settings = new StandaloneSettings(data, 0, 0, 0, "off", "off", null, null);
    var info = new RunInfo(1, "http://127.0.0.1:1", "", "127.0.0.1:2", "off", true, null, null);
    return new ServiceSettings(settings, info, 0, 0, "")
        .inOrder().values().stream()
            .filter(all -> all.containsKey("modgate.verifier.signing-key"))
            .findFirst()
            .orElseThrow();
  }

  private DataTrust trust() {
    return new DataTrust(data);
  }

  private void begin(String database) throws Exception {
    new TrustFolder(data.resolve("outer")).init((GoSumDb.Database) GoSumDb.parse(database));
  }
}
