package dev.modgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.TestVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditKeysTest {
  @TempDir Path blobs;
  private final VerifierKey corp = FakeSumDb.named("sum.corp.example/x").key();

  @Test
  void thePublicDatabaseIsKnownByItsOwnKeyBesideOthers() {
    var keys = keys(List.of(corp.toString(), corp.toString(), "sum.golang.org"));

    assertThat(keys.databases()).hasSize(2);
    assertThat(keys.database("sum.golang.org").orElseThrow().id())
        .isEqualTo("sum.golang.org+033de0ae");
    assertThat(keys.database("sum.corp.example/x")).contains(corp);
  }

  @Test
  void nobodyPutsAnotherKeyInThePlaceOfAKnownOne() {
    VerifierKey forged = FakeSumDb.named("sum.golang.org").key();
    VerifierKey other = FakeSumDb.named("sum.corp.example/x").key();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys(List.of(forged.toString())))
        .withMessageStartingWith("checksum database \"sum.golang.org\" has the key sum.golang.org+")
        .withMessageEndingWith(" and another one, " + forged);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys(List.of(corp.toString(), other.toString())))
        .withMessageContaining(corp + " and another one, " + other);
  }

  @Test
  void rememberedOnesAreReadAndNothingIsWritten() throws Exception {
    assertThat(AuditKeys.remembered(blobs.resolve("gone"))).isEmpty();
    assertThat(blobs.resolve("gone")).doesNotExist();
    Path trust = blobs.resolve("trust/sum.corp.example+x");
    Files.createDirectories(trust);
    Files.createDirectories(blobs.resolve("trust/sum.other.example"));
    Files.writeString(trust.resolve("created"), corp + "\n");

    assertThat(AuditKeys.remembered(blobs)).containsExactly(corp.toString());
    try (var files = Files.list(blobs)) {
      assertThat(files).containsExactly(blobs.resolve("trust"));
    }
  }

  @Test
  void aRememberedKeyThatWasReplacedIsNotBelieved() throws Exception {
    new TrustFolder(blobs).init((GoSumDb.Database) GoSumDb.parse("sum.golang.org"));
    Path created = blobs.resolve("trust/sum.golang.org/created");
    Files.delete(created);
    Files.writeString(created, FakeSumDb.named("sum.golang.org").key() + "\n");

    List<String> remembered = AuditKeys.remembered(blobs);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys(remembered))
        .withMessageContaining("and another one");
  }

  private static AuditKeys keys(List<String> databases) {
    return AuditKeys.of(List.of(TestVerifier.KEY.verifierKey().toString()), databases);
  }
}
