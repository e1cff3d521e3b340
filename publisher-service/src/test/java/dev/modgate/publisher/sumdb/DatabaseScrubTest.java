package dev.modgate.publisher.sumdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a pass finds of a database inside that was damaged, and from where it mends it.
class DatabaseScrubTest {
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(2));

  private final FakeSumDb database = FakeSumDb.named("sum.example.com");
  private final Outside outside = new Outside(database);
  private final MemoryObjectStore zone = new MemoryObjectStore();
  private final MemoryObjectStore replica = new MemoryObjectStore();
  private final Inside inside = new Inside(zone, database.key());
  private final List<ObjectKey> aside = new ArrayList<>();
  private final List<ObjectSource> replicas = new ArrayList<>();
  private Map<ObjectKey, byte[]> whole = Map.of();
  private FakeSumDb fork = database;
  private VerifierKey believed = database.key();
  private SumDbEvidence evidence = new SumDbEvidence("none", 0, 0, "", "");

  enum Rescue {
    VERIFIERS,
    REPLICA
  }

  @BeforeEach
  void publish() throws Exception {
    database.fillTo(240);
    fork = database.fork();
    for (long size : List.of(250, 300, 700)) {
      evidence = outside.prove(added(size));
      new InnerDatabase(database.key(), outside.blobs(), zone).add(module(size), evidence);
    }
    whole = contents(zone);
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws Exception {
    assertThat(pass()).isEmpty();

    assertWhole();
    assertThat(aside).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsAndMendsAFlippedByteInAnyObject(Rescue rescue) throws Exception {
    rescueBy(rescue);
    for (ObjectKey key : whole.keySet()) {
      if (key.value().endsWith("/supported") || asksAgain(rescue, key)) {
        continue; // says nothing that anybody reads; has a test of its own
      }
      put(key, flipped(of(key)));

      List<Flaw> found = pass();

      assertThat(found)
          .as("%s", key)
          .anySatisfy(flaw -> {
            assertThat(flaw.key()).isEqualTo(key);
            assertThat(flaw.fault()).isEqualTo(Fault.CHANGED);
            assertThat(flaw.cure()).isEqualTo(Cure.REPAIRED);
          });
      assertThat(aside).as("the wrong bytes of %s", key).contains(key);
      assertWhole();
    }
    assertThat(pass()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void findsAndMendsAnyObjectThatIsMissing(Rescue rescue) throws Exception {
    rescueBy(rescue);
    for (ObjectKey key : whole.keySet()) {
      if (key.value().contains("/lookup/")) {
        continue; // what is missing of a version is found at its evidence
      }
      zone.delete(key);

      List<Flaw> found = pass();

      assertThat(found)
          .as("%s", key)
          .anySatisfy(flaw -> {
            assertThat(flaw.key()).isEqualTo(key);
            assertThat(flaw.fault()).isEqualTo(Fault.MISSING);
            assertThat(flaw.cure()).isEqualTo(Cure.REPAIRED);
          });
      assertWhole();
    }
    assertThat(pass()).isEmpty();
  }

  @Test
  void allTilesAtOnceComeBackFromWhatVerifiersHaveKept() throws Exception {
    for (ObjectKey key : whole.keySet()) {
      if (key.value().contains("/tile/")) {
        zone.delete(key);
      }
    }

    assertThat(pass()).isNotEmpty().allMatch(flaw -> flaw.cure() == Cure.REPAIRED);

    assertWhole();
    inside.requireProofForEveryClient();
  }

  @Test
  void aTileIsMadeAgainOfTheTilesBelowIt() throws Exception {
    loseTrust();
    ObjectKey key = tile("tile/8/1/000.p/2");
    put(key, flipped(of(key)));

    assertThat(pass())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.key()).isEqualTo(key))
        .satisfies(flaw -> assertThat(flaw.cure()).isEqualTo(Cure.REPAIRED));

    assertWhole();
  }

  @Test
  void aTileIsMadeAgainOfTheRecordsInside() throws Exception {
    loseTrust();
    ObjectKey key = tile("tile/8/0/002.p/188");
    byte[] wrong = of(key).clone();
    wrong[(699 - 512) * 32 + 5] ^= 1; // the hash of the record of 700
    put(key, wrong);

    assertThat(pass()).isNotEmpty().allMatch(flaw -> flaw.cure() == Cure.REPAIRED);

    assertWhole();
  }

  @Test
  void aTileThatNothingHasIsToldWithWhatToDo() throws Exception {
    loseTrust();
    ObjectKey key = tile("tile/8/0/001");
    put(key, flipped(of(key)));

    List<Flaw> found = pass();

    assertThat(found)
        .anySatisfy(flaw -> {
          assertThat(flaw.key()).isEqualTo(key);
          assertThat(flaw.cure()).isEqualTo(Cure.NONE);
          assertThat(flaw.sentence()).contains("can't be proven", "restore", "from a backup");
        });
    assertThat(found).extracting(Flaw::key).doesNotHaveDuplicates();
  }

  @Test
  void aLookupThatNothingHasIsAskedForAgain() throws Exception {
    ObjectKey key = tile("lookup/example.com/m@v1.0.300");
    put(key, flipped(of(key)));

    assertThat(pass())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.key()).isEqualTo(key))
        .satisfies(flaw -> assertThat(flaw.ask()).contains(module(300)));
  }

  @Test
  void aTrueLookupOfAnotherVersionIsFound() throws Exception {
    ObjectKey key = tile("lookup/example.com/m@v1.0.300");
    put(key, of(tile("lookup/example.com/m@v1.0.700")));

    assertThat(pass())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.sentence()).contains("no record of"));
  }

  @Test
  void aTrueLookupWithAHeadThatIsNoEpochIsFound() throws Exception {
    ObjectKey key = tile("lookup/example.com/m@v1.0.300");
    SignedHead other = SignedHead.open(database.head(650), database.key());
    String text = new String(of(key), StandardCharsets.UTF_8);
    put(
        key,
        (text.substring(0, text.indexOf("\n\n") + 2) + other.note())
            .getBytes(StandardCharsets.UTF_8));

    assertThat(pass())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.sentence()).contains("no epoch inside"));
  }

  @Test
  void anEpochThatIsBornDuringAPassIsNoFault() throws Exception {
    DatabaseScrub scrub = scrub();
    scrub.look(tile("lookup/example.com/m@v1.0.300"));
    SumDbEvidence later = outside.prove(added(720));
    new InnerDatabase(database.key(), outside.blobs(), zone).add(module(720), later);

    assertThat(scrub.look(tile("lookup/example.com/m@v1.0.720")).flaws()).isEmpty();
    assertThat(scrub.lookupFault(module(720), later)).isEmpty();
  }

  @Test
  void byAnotherKeyThanThatOfTheVerifiersNothingIsJudged() throws Exception {
    var created = new ObjectKey("trust/" + database.name() + "/created");
    byte[] key = (database.key() + "\n").getBytes(StandardCharsets.UTF_8);
    assertThat(outside.blobs().compareAndSwap(created, Optional.empty(), key)).isTrue();
    believed = FakeSumDb.named(database.name()).key();

    assertThat(pass())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.key()).isEqualTo(created))
        .satisfies(flaw -> assertThat(flaw.sentence()).contains("until they are the same"));
    assertThat(scrub().lookupFault(module(700), evidence)).isEmpty();
    assertWhole();
    assertThat(aside).isEmpty();
  }

  @Test
  void byAKeyThatOpensNoHeadNothingIsTakenAway() throws Exception {
    believed = FakeSumDb.named(database.name()).key();

    assertThat(pass()).allMatch(flaw -> flaw.cure() == Cure.NONE && flaw.ask().isEmpty());

    assertThat(scrub().lookupFault(module(700), evidence)).isEmpty();
    assertWhole();
  }

  @Test
  void evidenceShowsALookupThatIsNotWhatWasProven() throws Exception {
    DatabaseScrub scrub = scrub();
    ObjectKey key = tile("lookup/example.com/m@v1.0.700");
    assertThat(scrub.lookupFault(module(700), evidence)).isEmpty();

    put(key, flipped(of(key)));

    assertThat(scrub.lookupFault(module(700), evidence)).isPresent();
  }

  @Test
  void aHeadOfAnotherHistoryIsToldAndStopsVerifiersAndNothingIsWritten() throws Exception {
    ObjectKey key = tile("epoch/300");
    put(key, fork.fillTo(300).head(300).getBytes(StandardCharsets.UTF_8));
    Map<ObjectKey, byte[]> before = contents(zone);

    List<Flaw> found = pass();

    assertThat(found)
        .singleElement()
        .satisfies(flaw -> {
          assertThat(flaw.key()).isEqualTo(key);
          assertThat(flaw.cure()).isEqualTo(Cure.NONE);
          assertThat(flaw.sentence()).contains("contradicts", "modgate trust show");
        });
    assertSame(contents(zone), before);
    assertThat(outside.blobs().stat(outside.tile("alarm"))).isPresent();
  }

  @Test
  void aReplicaOfAnotherHistoryMendsNothing() throws Exception {
    rescueBy(Rescue.REPLICA);
    replica.delete(tile("epochs"));
    assertThat(
            replica.compareAndSwap(
                tile("epochs"),
                Optional.empty(),
                fork.fillTo(800).head(800).getBytes(StandardCharsets.UTF_8)))
        .isTrue();
    zone.delete(tile("epochs"));

    List<Flaw> found = pass();

    assertThat(found)
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.cure()).isEqualTo(Cure.REPAIRED));
    assertWhole();
  }

  @Test
  void whatIsOfNoDatabaseIsToldAndLeft() throws Exception {
    ObjectKey key = tile("readme.txt");
    put(key, new byte[] {1});

    assertThat(pass())
        .singleElement()
        .satisfies(flaw -> assertThat(flaw.fault()).isEqualTo(Fault.FOREIGN));

    assertThat(zone.stat(key)).isPresent();
  }

  @Test
  void aReplicaIsGivenOnlyWhatIsTrue() throws Exception {
    var truth = new DatabaseTruth(database.key(), zone, outside.blobs(), List.of());

    for (Map.Entry<ObjectKey, byte[]> each : whole.entrySet()) {
      Optional<byte[]> none = Optional.empty();
      assertThat(truth.mayBeCopied(each.getKey(), each.getValue(), none))
          .as("%s", each.getKey())
          .isTrue();
      if (!each.getKey().value().endsWith("/supported")) {
        assertThat(truth.mayBeCopied(each.getKey(), flipped(each.getValue()), none))
            .as("%s", each.getKey())
            .isFalse();
      }
    }
  }

  private static boolean asksAgain(Rescue rescue, ObjectKey key) {
    return rescue == Rescue.VERIFIERS && key.value().contains("/lookup/");
  }

  private void rescueBy(Rescue rescue) throws IOException {
    if (rescue == Rescue.REPLICA) {
      loseTrust();
      whole.forEach((key, bytes) -> replica.compareAndSwap(key, Optional.empty(), bytes));
      replicas.add(replica);
    }
  }

  private void loseTrust() throws IOException {
    try (var all = outside.blobs().list("trust")) {
      all.map(ObjectStat::key).toList().forEach(outside.blobs()::delete);
    }
  }

  private DatabaseScrub scrub() {
    var truth = new DatabaseTruth(believed, zone, outside.blobs(), replicas);
    return new DatabaseScrub(truth, new Mending(zone, outside.blobs(), aside::add, LATER));
  }

  private List<Flaw> pass() throws IOException {
    DatabaseScrub scrub = scrub();
    var found = new ArrayList<Flaw>();
    for (Iterator<ObjectKey> keys = zone.keys(Optional.empty()); keys.hasNext(); ) {
      found.addAll(scrub.look(keys.next()).flaws());
    }
    return found;
  }

  private ObjectKey tile(String path) {
    return new ObjectKey("sumdb/" + database.name() + "/" + path);
  }

  private void put(ObjectKey key, byte[] bytes) throws IOException {
    zone.delete(key);
    assertThat(zone.compareAndSwap(key, Optional.empty(), bytes)).isTrue();
  }

  private byte[] of(ObjectKey key) {
    return Objects.requireNonNull(whole.get(key));
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length / 2] ^= 1;
    return other;
  }

  private void assertWhole() throws IOException {
    assertSame(contents(zone), whole);
  }

  private static void assertSame(Map<ObjectKey, byte[]> now, Map<ObjectKey, byte[]> then) {
    assertThat(now.keySet()).isEqualTo(then.keySet());
    assertThat(now.keySet()).allMatch(key -> Arrays.equals(now.get(key), then.get(key)));
  }

  private static Map<ObjectKey, byte[]> contents(MemoryObjectStore store) throws IOException {
    var all = new TreeMap<ObjectKey, byte[]>();
    for (Iterator<ObjectKey> keys = store.keys(Optional.empty()); keys.hasNext(); ) {
      ObjectKey key = keys.next();
      try (var reader = store.open(key).orElseThrow()) {
        all.put(key, reader.readAll(1 << 20));
      }
    }
    return all;
  }

  private ModuleVersion added(long size) {
    if (database.size() < size) {
      database.fillTo(size - 1).add(SyntheticModule.of(module(size).toString()));
    }
    return module(size);
  }

  private static ModuleVersion module(long size) {
    return ModuleVersion.parse("example.com/m@v1.0." + size);
  }
}
