package dev.modgate.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.start.StartException;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.verifier.sumdb.TrustStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What verifiers remember of the database together, and what they do without it.
class TrustTest {
  private static final ObjectKey INSIDE = new ObjectKey("trust/sum.example.com/inside");

  private final Proving proving = new Proving();
  private final SyntheticModule first = SyntheticModule.of("example.com/first@v1.0.0");
  private final SyntheticModule second = SyntheticModule.of("example.com/second@v1.0.0");

  @AfterEach
  void close() {
    proving.close();
  }

  @Test
  void verifiersThatKnowDifferentHeadsShareTheNewest() throws Exception {
    proving.database.add(first).fillTo(20);
    var early = proving.verifier();
    early.process(proving.fetched(first));
    String old = proving.read(Proving.LATEST);
    proving.database.add(second).fillTo(300);
    proving.verifier().process(proving.fetched(second));
    proving.database.serveHeadsOf(20);

    var verified = (ModuleVerified) Proving.only(early.process(proving.fetched(first)));

    assertThat(old).isEqualTo(proving.database.head(20));
    assertThat(proving.read(Proving.LATEST)).isEqualTo(proving.database.head(300));
    assertThat(verified.evidence().sumdb()).isNotNull();
  }

  @Test
  void aSecondVerifierNeedsNoTileThatTheFirstHasKept() throws Exception {
    proving.database.add(first, second).fillTo(300);
    proving.verifier().process(proving.fetched(first));
    int asked = tiles();

    proving.verifier().process(proving.fetched(first));

    assertThat(asked).isPositive();
    assertThat(tiles()).isEqualTo(asked);
  }

  @Test
  void aKeptTileThatWentBadIsMended() throws Exception {
    proving.database.add(first).fillTo(300);
    proving.verifier().process(proving.fetched(first));
    var tile = proving.objects.list("trust/sum.example.com/tile").toList().getFirst();
    byte[] bad = new byte[(int) tile.size()];
    proving.objects.compareAndSwap(tile.key(), Optional.of(tile.revision()), bad);

    var verdict = proving.verifier().process(proving.fetched(first));

    assertThat(verdict).hasOnlyElementsOfType(ModuleVerified.class);
    assertThat(proving.objects.stat(tile.key()).orElseThrow().revision())
        .isEqualTo(tile.revision());
  }

  @Test
  void aMemoryOlderThanTheZoneLearnsFromIt() throws Exception {
    proving.database.add(first).fillTo(20);
    proving.verifier().process(proving.fetched(first));
    proving.database.fillTo(300);
    put(INSIDE, proving.database.head(280));
    proving.database.serveHeadsOf(20);

    proving.verifier().process(proving.fetched(first));

    assertThat(proving.read(Proving.LATEST)).isEqualTo(proving.database.head(280));
  }

  @Test
  void tilesThatJoinTheZonesEpochToANewerHeadAreKept() throws Exception {
    proving.database.add(first).fillTo(300);
    put(INSIDE, proving.database.head(300));
    proving.database.fillTo(600);

    proving.verifier().process(proving.fetched(first));

    assertThat(proving.objects.stat(new ObjectKey("trust/sum.example.com/tile/8/0/001")))
        .isPresent();
  }

  @Test
  void aZoneOfAnotherHistoryRaisesTheAlarm() throws Exception {
    var fork = proving.database.fork().add(second).fillTo(30);
    proving.database.add(first).fillTo(300);
    put(INSIDE, fork.head(30));

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> proving.verifier().process(proving.fetched(first)))
        .withMessageContaining("signed two histories");
    assertThat(proving.read(Proving.ALARM)).contains(fork.head(30), proving.database.head(300));
  }

  @Test
  void anEpochOfTheZoneThatNobodySignedIsIgnored() throws Exception {
    proving.database.add(first).fillTo(300);
    put(INSIDE, "nothing\n");

    assertThat(proving.verifier().process(proving.fetched(first)))
        .hasOnlyElementsOfType(ModuleVerified.class);
  }

  /// Behind the first start, which begins a memory beside nothing only.
  private void put(ObjectKey key, String text) throws IOException {
    proving.verifier();
    assertThat(proving.objects.compareAndSwap(key, Optional.empty(), text.getBytes(UTF_8)))
        .isTrue();
  }

  @Test
  void aMemoryThatIsNotThereIsCreatedOnRequestOnly() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> proving.verifier("", false))
        .withMessageContaining("the blob store has no trust/sum.example.com,")
        .withMessageContaining("modgate.verifier.sumdb-init");

    proving.verifier("", true);
    proving.verifier("", false);
  }

  @Test
  void aLostHeadStopsARunningVerifierAndEveryStart() throws Exception {
    proving.database.add(first);
    var verifier = proving.verifier();
    verifier.process(proving.fetched(first));
    var event = proving.fetched(first);
    proving.objects.delete(Proving.LATEST);

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> verifier.process(event))
        .satisfies(e -> assertThat(e.reason()).contains("trust/sum.example.com/latest is lost"));
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> proving.verifier("", true))
        .withMessageContaining("trust/sum.example.com/latest is lost");
  }

  @Test
  void aHeadThatWasCutOffIsALostOne() throws Exception {
    proving.verifier();
    var stat = proving.objects.stat(Proving.LATEST).orElseThrow();
    proving.objects.compareAndSwap(Proving.LATEST, Optional.of(stat.revision()), new byte[0]);

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> proving.verifier("", true))
        .withMessageContaining("is lost");
  }

  @Test
  void aHeadWithoutItsMarkerIsNotTakenForANewMemory() throws Exception {
    proving.database.add(first);
    proving.verifier().process(proving.fetched(first));
    proving.objects.delete(new ObjectKey("trust/sum.example.com/created"));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> proving.verifier("", true))
        .withMessageContaining("restore trust/ from a backup");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile/8/0/000.p/51", "alarm", "acknowledged/2026-11-01"})
  void whatIsLeftOfALostMemoryIsNoBeginning(String left) throws Exception {
    var key = new ObjectKey("trust/sum.example.com/" + left);
    proving.objects.compareAndSwap(key, Optional.empty(), new byte[] {1});

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> proving.verifier("", true))
        .withMessage(
            "the blob store has "
                + key
                + " but not trust/sum.example.com/created: restore trust/ from a backup");
  }

  @Test
  void tilesWithoutAHeadAreALostHead() throws Exception {
    proving.verifier();
    var tile = new ObjectKey("trust/sum.example.com/tile/8/0/000.p/51");
    proving.objects.compareAndSwap(tile, Optional.empty(), new byte[] {1});

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> proving.verifier("", true))
        .withMessageContaining("but not a tree head in trust/sum.example.com/latest");
  }

  @Test
  void aBeginningThatWasInterruptedIsFinished() throws Exception {
    proving.verifier("", true);
    proving.objects.delete(new ObjectKey("trust/sum.example.com/created"));

    proving.verifier("", true);

    assertThat(proving.read(new ObjectKey("trust/sum.example.com/created")))
        .isEqualTo(proving.database.key() + "\n");
  }

  @Test
  void anotherKeyOfTheSameNameIsRefusedAtTheStart() {
    proving.verifier();
    VerifierKey other = FakeSumDb.named("sum.example.com").key();

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> TrustStore.open(proving.objects, other, true))
        .withMessageContaining("was created for");
  }

  @Test
  void theMemoryOutlivesTheProcess(@TempDir Path folder) throws Exception {
    var key = proving.database.key();
    TrustStore.open(new FileObjectStore(folder, Durability.FSYNC), key, true);

    TrustStore.open(new FileObjectStore(folder, Durability.FSYNC), key, false);

    assertThat(folder.resolve("trust/sum.example.com/latest")).exists();
  }

  private int tiles() {
    return (int)
        proving.upstream.requests().stream().filter(r -> r.path().contains("/tile/")).count();
  }
}
