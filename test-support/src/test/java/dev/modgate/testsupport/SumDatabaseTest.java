package dev.modgate.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.sumdb.HeadOutcome;
import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.gomod.sumdb.Misbehaviour;
import dev.modgate.gomod.sumdb.SumDatabase;
import dev.modgate.gomod.sumdb.SumDbProof;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client of a checksum database, and every lie we know of.
class SumDatabaseTest {
  private static final ModuleVersion HELLO = ModuleVersion.parse("example.com/Hello@v1.0.0");
  private static final ModuleVersion OTHER = ModuleVersion.parse("example.com/other@v1.0.0");
  private static final H1 ZIP = new H1("h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=");
  private static final H1 GO_MOD = new H1("h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=");
  private static final H1 EVIL = new H1("h1:T1hPZKmBbMNahiBKFy5HrXp6adAjACjK9JXDnKaTXpA=");

  /// Two full tiles below a partial one, and a partial one beside them.
  private static final int RECORDS = 600;

  private final FakeSumDb real =
      FakeSumDb.named("sumdb.example.com")
          .fillTo(10)
          .add(HELLO, ZIP, GO_MOD)
          .add(OTHER, EVIL, EVIL)
          .fillTo(RECORDS);
  private final MemorySumDb memory = new MemorySumDb(real);
  private final SumDatabase client = new SumDatabase(real.key(), memory);

  @Test
  void provesWhatTheDatabaseSigned() throws Exception {
    SumDbProof proof = proven(client.lookup(HELLO));

    assertThat(proof.zip()).isEqualTo(ZIP);
    assertThat(proof.goMod()).isEqualTo(GO_MOD);
    assertThat(proof.reply().id()).isEqualTo(10);
    assertThat(proof.head(real.key()).head().size()).isEqualTo(RECORDS);
    assertThat(memory.readHead()).contains(proof.reply().note());
    assertThat(memory.asked())
        .containsExactlyInAnyOrder(
            "lookup/example.com/!hello@v1.0.0",
            "tile/8/1/000.p/2",
            "tile/8/0/002.p/88",
            "tile/8/0/000");
    proof.verify(real.key());
    assertThat(SumDbProof.open(proof.text(), real.key())).isEqualTo(proof);
  }

  @Test
  void provesEachRecordOfEachSize() throws Exception {
    FakeSumDb database = FakeSumDb.named("sumdb.example.com");
    var shared = new MemorySumDb(database);
    var reader = new SumDatabase(database.key(), shared);
    for (int size = 1; size <= 20; size++) {
      database.fillTo(size);
      for (int i = 0; i < size; i++) {
        proven(reader.lookup(ModuleVersion.parse("filler.example.com/m@v1.0." + i)));
      }
      assertThat(shared.readHead()).contains(database.head(size));
    }
  }

  @Test
  void refusesAForgedRecordBesideAnAuthenticNumber() throws Exception {
    real.lie("lookup/", new SumDbLie.ForgedRecord(FakeSumDb.goSumLines(HELLO, EVIL, EVIL)));

    assertThat(misbehaviour(client.lookup(HELLO)))
        .isInstanceOf(Misbehaviour.Forged.class)
        .extracting(Misbehaviour::sentence)
        .asString()
        .startsWith("record 10 of a tree of 600 records")
        .endsWith("is not what was answered for example.com/Hello@v1.0.0");
  }

  @Test
  void refusesAnEmptyAnswer() throws Exception {
    real.lie("lookup/", SumDbLie.empty());

    assertThat(misbehaviour(client.lookup(HELLO)))
        .isEqualTo(new Misbehaviour.Malformed("lookup is empty"));
  }

  @Test
  void refusesAWebPage() throws Exception {
    real.lie("lookup/", new SumDbLie.Wire(Fault.html()));

    assertThat(misbehaviour(client.lookup(HELLO)))
        .isEqualTo(new Misbehaviour.Malformed("lookup is a web page, want a record"));
    real.heal().lie("latest", new SumDbLie.Wire(Fault.html()));
    assertThat(client.latest())
        .isInstanceOfSatisfying(
            HeadOutcome.Misbehaving.class,
            m -> assertThat(m.misbehaviour()).isInstanceOf(Misbehaviour.Malformed.class));
  }

  @Test
  void refusesTheAuthenticRecordOfAnotherModule() throws Exception {
    real.lie("lookup/", new SumDbLie.OtherRecord(OTHER));

    assertThat(misbehaviour(client.lookup(HELLO)))
        .isInstanceOf(Misbehaviour.WrongRecord.class)
        .extracting(Misbehaviour::sentence)
        .asString()
        .startsWith(
            "record has no h1 of example.com/Hello v1.0.0, it is \"example.com/other v1.0.0");
  }

  @Test
  void takesNoLinesFromOutsideTheRecord() throws Exception {
    real.lie("lookup/", new SumDbLie.LinesInHead(OTHER, FakeSumDb.goSumLines(HELLO, EVIL, EVIL)));

    assertThat(misbehaviour(client.lookup(HELLO))).isInstanceOf(Misbehaviour.WrongRecord.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/go.mod"})
  void refusesARecordWithoutOneOfItsTwoLines(String suffix) throws Exception {
    ModuleVersion module = ModuleVersion.parse("example.com/half@v1.0.0");
    real.addRecord(module, "example.com/half v1.0.0" + suffix + " " + ZIP + "\n");

    assertThat(misbehaviour(client.lookup(module))).isInstanceOf(Misbehaviour.WrongRecord.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com/m v1.0.0 h1:AAAA\nexample.com/m v1.0.0/go.mod %s\n",
        "example.com/m v1.0.0 %s\nexample.com/m v1.0.0 %s\nexample.com/m v1.0.0/go.mod %s\n",
        "example.com/m v1.0.01 %s\nexample.com/m v1.0.0/go.mod %s\n",
        "example.com/m v1.0.0 h2:xyzzy\nexample.com/m v1.0.0/go.mod %s\n",
        "example.com/m  v1.0.0 %s\nexample.com/m v1.0.0/go.mod %s\n",
      })
  void refusesARecordWhoseLinesAreNotTheTwo(String lines) throws Exception {
    ModuleVersion module = ModuleVersion.parse("example.com/m@v1.0.0");
    real.addRecord(module, String.format(lines, ZIP, EVIL, GO_MOD));

    assertThat(misbehaviour(client.lookup(module))).isInstanceOf(Misbehaviour.WrongRecord.class);
  }

  @Test
  void ignoresHashesOfAKindThatIsToCome() throws Exception {
    ModuleVersion module = ModuleVersion.parse("example.com/m@v1.0.0");
    real.addRecord(
        module, FakeSumDb.goSumLines(module, ZIP, GO_MOD) + "example.com/m v1.0.0 h2:xyzzy\n");

    assertThat(proven(client.lookup(module)).zip()).isEqualTo(ZIP);
  }

  @ParameterizedTest
  @CsvSource({
    "0/000, 5",
    "0/000, 8191",
    "0/000, 320",
    "0/002.p/88, 0",
    "0/002.p/88, 2815",
    "1/000.p/2, 33"
  })
  void refusesAForgedTileAndKeepsNone(String tile, int at) throws Exception {
    real.lie("tile/8/" + tile.replace(".", "\\."), new SumDbLie.ForgedTile(at));

    assertThat(misbehaviour(client.lookup(HELLO))).isInstanceOf(Misbehaviour.Forged.class);
    assertThat(memory.cache()).isEmpty();

    real.heal();
    proven(client.lookup(HELLO));
    assertThat(memory.cache()).hasSize(3);
  }

  @Test
  void refusesTilesOfAnotherLength() throws Exception {
    real.lie("tile/8/0/002", new SumDbLie.Wire(new Fault.Replace("text/plain", "x".repeat(99))));

    assertThat(misbehaviour(client.lookup(HELLO)))
        .isEqualTo(new Misbehaviour.Forged("tile/8/0/002.p/88 has 99 bytes, want 2816"));
  }

  @Test
  void takesTheBeginningOfTheFullTileWhereThePartialOneIsGone() throws Exception {
    real.serveHeadsOf(500).lie("\\.p/244$", SumDbLie.status(404, "gone\n"));

    proven(client.lookup(HELLO));

    assertThat(memory.asked()).contains("tile/8/0/001.p/244", "tile/8/0/001");
    assertThat(memory.cache()).containsKey("tile/8/0/001.p/244").doesNotContainKey("tile/8/0/001");
  }

  @Test
  void refusesTheFullTileToo() throws Exception {
    real.serveHeadsOf(500)
        .lie("\\.p/244$", SumDbLie.status(404, "gone\n"))
        .lie("tile/8/0/001$", new SumDbLie.ForgedTile(7));

    assertThat(misbehaviour(client.lookup(HELLO))).isInstanceOf(Misbehaviour.Forged.class);
  }

  @Test
  void waitsForATileOfANewTreeThatIsNotThereYet() {
    real.lie("tile/8/0/002", SumDbLie.status(404, "not found\n"));

    assertThatIOException()
        .isThrownBy(() -> client.lookup(HELLO))
        .withMessage("checksum database does not have tile/8/0/002.p/88: \"not found\"");
  }

  @Test
  void refusesANoteThatTheDatabaseDidNotSign() throws Exception {
    for (SumDbLie lie : List.of(new SumDbLie.Unsigned(), new SumDbLie.WrongKey())) {
      real.heal().lie("lookup/|latest", lie);

      assertThat(misbehaviour(client.lookup(HELLO))).isInstanceOf(Misbehaviour.Forged.class);
      assertThat(client.latest()).isInstanceOf(HeadOutcome.Misbehaving.class);
      assertThat(memory.readHead()).isEmpty();
    }
  }

  @Test
  void refusesAHeadThatItsTilesDoNotMake() throws Exception {
    proven(client.lookup(HELLO));
    real.fillTo(700).lie("lookup/", new SumDbLie.WrongRoot());

    assertThat(misbehaviour(client.lookup(HELLO))).isInstanceOf(Misbehaviour.Forged.class);
    assertThat(memory.readHead()).contains(real.head(RECORDS));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void saysThatTheDatabaseDoesNotKnowAVersion(int status) throws Exception {
    real.lie("lookup/", SumDbLie.status(status, "not found: unknown revision v1.0.0\n"));

    assertThat(client.lookup(HELLO))
        .isEqualTo(new LookupOutcome.Absent("not found: unknown revision v1.0.0\n"));
  }

  @Test
  void waitsWhereTheDatabaseCannotAnswerNow() {
    real.lie("lookup/", SumDbLie.status(500, "oops\n"));
    assertThatIOException().isThrownBy(() -> client.lookup(HELLO));
    real.heal().lie("tile/", SumDbLie.status(503, "busy\n"));
    assertThatIOException().isThrownBy(() -> client.lookup(HELLO));
    real.heal().lie("lookup/", SumDbLie.status(404, "not found: fetch timed out\n"));
    assertThatIOException()
        .isThrownBy(() -> client.lookup(HELLO))
        .withMessageContaining("could not look for example.com/Hello@v1.0.0");
    real.heal().lie("latest", SumDbLie.status(404, "not found\n"));
    assertThatIOException().isThrownBy(client::latest);
  }

  @Test
  void readsNoFurtherThanAnAnswerMayBeLong() throws Exception {
    real.lie("lookup/|latest", SumDbLie.endless());
    assertThat(misbehaviour(client.lookup(HELLO)))
        .isEqualTo(new Misbehaviour.Malformed("lookup is longer than 65536 bytes"));
    assertThat(client.latest())
        .isEqualTo(
            new HeadOutcome.Misbehaving(
                new Misbehaviour.Malformed("latest head is longer than 65536 bytes")));

    real.heal().lie("tile/8/0/000", SumDbLie.endless());
    assertThat(misbehaviour(client.lookup(HELLO)))
        .isEqualTo(new Misbehaviour.Forged("tile/8/0/000 has 8193 bytes, want 8192"));
  }

  @Test
  void refusesARecordBehindTheTree() throws Exception {
    real.serveHeadsOf(5);

    assertThat(misbehaviour(client.lookup(HELLO)))
        .isInstanceOf(Misbehaviour.Forged.class)
        .extracting(Misbehaviour::sentence)
        .asString()
        .endsWith("has no record 10");
  }

  @Test
  void asksAgainForTilesThatWentBadInTheCache() throws Exception {
    proven(client.lookup(HELLO));
    memory.cache().replaceAll((_, bytes) -> new byte[bytes.length]);
    memory.asked().clear();

    proven(new SumDatabase(real.key(), memory).lookup(HELLO));

    assertThat(memory.asked()).hasSize(1 + 3);
    memory.asked().clear();
    proven(new SumDatabase(real.key(), memory).lookup(HELLO));
    assertThat(memory.asked()).hasSize(1);
  }

  @Test
  void isUsedByManyThreads() throws Exception {
    List<Callable<LookupOutcome>> lookups =
        IntStream.range(0, 100)
            .<Callable<LookupOutcome>>mapToObj(i ->
                () -> {
                  real.fillTo(RECORDS + i);
                  return client.lookup(i % 2 == 0 ? HELLO : OTHER);
                })
            .toList();

    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<LookupOutcome> outcome : threads.invokeAll(lookups)) {
        proven(outcome.get());
      }
    }

    assertThat(memory.readHead()).contains(real.head(real.size()));
  }

  private static SumDbProof proven(LookupOutcome outcome) {
    assertThat(outcome).isInstanceOf(LookupOutcome.Proven.class);
    return ((LookupOutcome.Proven) outcome).proof();
  }

  private static Misbehaviour misbehaviour(LookupOutcome outcome) {
    assertThat(outcome).isInstanceOf(LookupOutcome.Misbehaving.class);
    return ((LookupOutcome.Misbehaving) outcome).misbehaviour();
  }
}
