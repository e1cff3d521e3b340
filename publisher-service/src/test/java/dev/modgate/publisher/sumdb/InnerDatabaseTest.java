package dev.modgate.publisher.sumdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.sumdb.LookupOutcome;
import dev.modgate.pipeline.event.SumDbEvidence;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.publisher.CrashingStore;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InnerDatabaseTest {
  private final FakeSumDb database = FakeSumDb.named("sum.example.com");
  private final Outside outside = new Outside(database);
  private final MemoryObjectStore zone = new MemoryObjectStore();
  private final Inside inside = new Inside(zone, database.key());

  @Test
  void provesEveryVersionToTheClientsOfEveryEpochWhereverTreesEnd() throws Exception {
    InnerDatabase publisher = publisher();
    for (long size : List.of(1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 1000, 65_535, 65_536)) {
      publisher.add(added(size), outside.prove(added(size)));

      inside.requireProofForEveryClient();
    }
    publisher.add(added(65_537), outside.prove(added(65_537)));
    publisher.add(added(66_100), outside.prove(added(66_100)));
    inside.requireProofForEveryClient();
    assertThat(inside.lookups()).hasSize(15);
    assertThat(inside.epochs().notes()).hasSize(15);
    assertThat(inside.text("latest")).contains(inside.epochs().newest().orElseThrow().note());
  }

  @Test
  void leavesOutHeadsUnderWhichNothingWasPublished() throws Exception {
    InnerDatabase publisher = publisher();
    publisher.add(added(200), outside.prove(added(200)));
    outside.prove(added(230));
    outside.prove(added(300));
    outside.prove(added(513));

    publisher.add(added(600), outside.prove(added(600)));

    assertThat(sizes()).containsExactly(200L, 600L);
    inside.requireProofForEveryClient();
  }

  @Test
  void pairsALateProofWithTheNewestEpoch() throws Exception {
    SumDbEvidence late = outside.prove(added(250));
    InnerDatabase publisher = publisher();
    publisher.add(added(300), outside.prove(added(300)));

    publisher.add(module(250), late);

    assertThat(sizes()).containsExactly(300L);
    inside.requireProofForEveryClient();
  }

  @Test
  void keepsALookupOfAnEarlierEpoch() throws Exception {
    InnerDatabase publisher = publisher();
    publisher.add(added(20), outside.prove(added(20)));
    var before = inside.text("lookup/example.com/m@v1.0.20");
    publisher.add(added(30), outside.prove(added(30)));

    publisher.add(module(20), outside.prove(module(20)));

    assertThat(inside.text("lookup/example.com/m@v1.0.20")).isEqualTo(before);
    inside.requireProofForEveryClient();
  }

  @Test
  void severalPublishersAtOnceMoveHeadsForwardOnly() throws Exception {
    var work = new ArrayList<Callable<Void>>();
    for (long size = 240; size < 270; size++) {
      SumDbEvidence evidence = outside.prove(added(size));
      ModuleVersion module = module(size);
      InnerDatabase publisher = publisher();
      work.add(() -> {
        publisher.add(module, evidence);
        return null;
      });
    }

    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }

    assertThat(sizes()).isSorted().doesNotHaveDuplicates().endsWith(269L);
    assertThat(inside.lookups()).hasSize(30);
    inside.requireProofForEveryClient();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashAtAnyPointLeavesNobodyWithoutProof(boolean afterEffect) throws Exception {
    SumDbEvidence first = outside.prove(added(250));
    SumDbEvidence second = outside.prove(added(257));
    boolean survived = false;
    for (int limit = 1; !survived; limit++) {
      var store = new MemoryObjectStore();
      var seen = new Inside(store, database.key());
      var crashing =
          new CrashingStore(store, limit, afterEffect, _ -> seen.requireProofForEveryClient());
      try {
        var publisher = new InnerDatabase(database.key(), outside.blobs(), crashing);
        publisher.add(module(250), first);
        publisher.add(module(257), second);
        survived = true;
      } catch (IOException crashed) {
        var again = new InnerDatabase(database.key(), outside.blobs(), store);
        again.add(module(257), second);
        again.add(module(250), first);
      }
      assertThat(seen.lookups()).hasSize(2);
      seen.requireProofForEveryClient();
    }
  }

  @Test
  void refusesAHeadOfAnotherHistory() throws Exception {
    added(20);
    var other = new Outside(database.fork().fillTo(40));
    publisher().add(added(30), outside.prove(added(30)));

    SumDbEvidence evidence = other.prove(module(20));

    assertThatExceptionOfType(TwoHistoriesException.class)
        .isThrownBy(
            () -> new InnerDatabase(database.key(), other.blobs(), zone).add(module(20), evidence))
        .withMessageContaining("signed two histories");
    assertThat(sizes()).containsExactly(30L);
    assertThat(inside.lookups()).containsExactly(module(30));
  }

  @Test
  void refusesAnotherTreeOfTheSameSize() throws Exception {
    added(20);
    FakeSumDb fork = database.fork().add(SyntheticModule.of("example.com/other@v1.0.0"));
    publisher().add(added(21), outside.prove(added(21)));
    SumDbEvidence evidence = new Outside(fork).prove(module(20));

    assertThatExceptionOfType(TwoHistoriesException.class)
        .isThrownBy(() -> publisher().add(module(20), evidence))
        .withMessageContaining("but inside is a tree of 21 records");
  }

  @Test
  void asksForAFreshProofWhereATileWasLost() throws Exception {
    SumDbEvidence evidence = outside.prove(added(300));
    outside.blobs().delete(outside.tile("tile/8/0/001.p/44"));

    assertThatExceptionOfType(FreshProofException.class)
        .isThrownBy(() -> publisher().add(module(300), evidence))
        .withMessageContaining("no verifier has kept");
    assertThat(inside.lookups()).isEmpty();
    assertThat(inside.epochs().notes()).isEmpty();
  }

  @Test
  void aTileThatJoinsTwoEpochsIsKeptAgainOnceTheVerifierLearnsOfTheOlder() throws Exception {
    publisher().add(added(300), outside.prove(added(300)));
    SumDbEvidence later = outside.prove(added(520));
    outside.blobs().delete(outside.tile("tile/8/0/001"));
    assertThatExceptionOfType(FreshProofException.class)
        .isThrownBy(() -> publisher().add(module(520), later));

    outside.join(); // as the verifier does before each latest head

    publisher().add(module(520), outside.prove(module(520)));
    assertThat(sizes()).containsExactly(300L, 520L);
    inside.requireProofForEveryClient();
  }

  @Test
  void aZoneThatWasRestoredUnderARunningPublisherIsMadeWhole() throws Exception {
    InnerDatabase publisher = publisher();
    publisher.add(added(300), outside.prove(added(300)));
    var backup = new MemoryObjectStore();
    copy(zone, backup);
    publisher.add(added(500), outside.prove(added(500)));
    try (var all = zone.list("")) {
      all.map(ObjectStat::key).toList().forEach(zone::delete);
    }
    copy(backup, zone);

    publisher.add(module(500), outside.prove(module(500)));

    assertThat(sizes()).containsExactly(300L, 500L);
    inside.requireProofForEveryClient();
  }

  @Test
  void aLookupOfAnEpochThatIsNoLongerListedIsReplaced() throws Exception {
    publisher().add(added(300), outside.prove(added(300)));
    var backup = new MemoryObjectStore();
    copy(zone, backup);
    publisher().add(added(600), outside.prove(added(600)));
    String lookup = inside.text("lookup/example.com/m@v1.0.600").orElseThrow();
    try (var all = zone.list("")) {
      all.map(ObjectStat::key).toList().forEach(zone::delete);
    }
    copy(backup, zone);
    assertThat(
            zone.compareAndSwap(
                ZoneLayout.sumdb(database.name(), "lookup/example.com/m@v1.0.600"),
                Optional.empty(),
                lookup.getBytes(StandardCharsets.UTF_8)))
        .isTrue();
    publisher().add(added(900), outside.prove(added(900)));

    publisher().add(module(600), outside.prove(module(600)));

    inside.requireProofForEveryClient();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListOfEpochsThatIsLostOrDamagedIsMadeAgain(boolean damaged) throws Exception {
    for (long size : List.of(200, 300, 700)) {
      publisher().add(added(size), outside.prove(added(size)));
    }
    if (damaged) {
      inside.change("epochs", "nothing\n".getBytes(StandardCharsets.UTF_8));
    } else {
      zone.delete(ZoneLayout.sumdb(database.name(), "epochs"));
    }

    publisher().add(added(900), outside.prove(added(900)));

    assertThat(sizes()).containsExactly(200L, 300L, 700L, 900L);
    inside.requireProofForEveryClient();
  }

  @Test
  void twoHistoriesRaiseTheAlarmThatStopsVerifiers() throws Exception {
    added(20);
    FakeSumDb fork = database.fork().add(SyntheticModule.of("example.com/other@v1.0.0"));
    publisher().add(added(21), outside.prove(added(21)));
    SumDbEvidence evidence = new Outside(fork).prove(module(20));

    assertThatExceptionOfType(TwoHistoriesException.class)
        .isThrownBy(() -> publisher().add(module(20), evidence));

    try (var alarm = outside.blobs().open(outside.tile("alarm")).orElseThrow()) {
      assertThat(new String(alarm.readAll(10_000), StandardCharsets.UTF_8))
          .contains(database.head(21), fork.head(21));
    }
  }

  @Test
  void signaturesOfOthersDoNotSwellWhatIsKept() throws Exception {
    SumDbEvidence evidence = outside.prove(added(300));
    String junk = "\u2014 stranger.example.com " + "A".repeat(12_000) + "\n";
    var padded =
        new SumDbEvidence(
            evidence.database(),
            evidence.record(),
            evidence.treeSize(),
            evidence.rootHash(),
            evidence.proof() + junk);

    publisher().add(module(300), padded);

    assertThat(inside.text("epochs").orElseThrow()).doesNotContain("stranger");
    assertThat(inside.text("lookup/example.com/m@v1.0.300").orElseThrow())
        .doesNotContain("stranger");
  }

  @Test
  void takesATileFromInsideWhereTheKeptOneIsDamaged() throws Exception {
    publisher().add(added(300), outside.prove(added(300)));
    var tile = outside.tile("tile/8/0/001.p/44");
    outside.blobs().delete(tile);
    outside.blobs().compareAndSwap(tile, Optional.empty(), new byte[44 * 32]);

    publisher().add(module(300), outside.prove(module(300)));

    inside.requireProofForEveryClient();
  }

  @Test
  void mendsWhatWasChangedInside() throws Exception {
    publisher().add(added(300), outside.prove(added(300)));
    inside.change("tile/8/0/001.p/44", new byte[44 * 32]);
    inside.change(
        "lookup/example.com/m@v1.0.300", "1\nnothing\n\n".getBytes(StandardCharsets.UTF_8));
    inside.change("latest", "nothing\n".getBytes(StandardCharsets.UTF_8));

    publisher().add(module(300), outside.prove(module(300)));

    inside.requireProofForEveryClient();
    assertThat(inside.lookups()).containsExactly(module(300));
    assertThat(inside.text("latest")).contains(inside.epochs().newest().orElseThrow().note());
  }

  @Test
  void refusesAProofOfAnotherVersionOrAnotherDatabase() throws Exception {
    SumDbEvidence evidence = outside.prove(added(300));
    FakeSumDb stranger =
        FakeSumDb.named("sum.example.com").add(SyntheticModule.of("a.example/m@v1.0.0"));
    SumDbEvidence strange = new Outside(stranger).prove(ModuleVersion.parse("a.example/m@v1.0.0"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> publisher().add(module(301), evidence))
        .withMessage("example.com/m@v1.0.301: its proof is about example.com/m@v1.0.300");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> publisher().add(ModuleVersion.parse("a.example/m@v1.0.0"), strange))
        .withMessageContaining("does not hold with the key of sum.example.com");
    assertThat(zone.list("").map(ObjectStat::key)).isEmpty();
  }

  @Test
  void aVersionThatWasNotBroughtInsideIsAbsent() throws Exception {
    publisher().add(added(300), outside.prove(added(300)));

    assertThat(inside.ask(module(299))).isInstanceOf(LookupOutcome.Absent.class);
  }

  private static void copy(MemoryObjectStore from, MemoryObjectStore to) throws IOException {
    try (var all = from.list("")) {
      for (ObjectStat stat : all.toList()) {
        try (var object = from.open(stat.key()).orElseThrow()) {
          assertThat(to.compareAndSwap(stat.key(), Optional.empty(), object.readAll(1 << 20)))
              .isTrue();
        }
      }
    }
  }

  private InnerDatabase publisher() {
    return new InnerDatabase(database.key(), outside.blobs(), zone);
  }

  /// The database grows to this size, and its last record is that module's.
  private ModuleVersion added(long size) {
    if (database.size() < size) {
      database.fillTo(size - 1).add(SyntheticModule.of(module(size).toString()));
    }
    return module(size);
  }

  private static ModuleVersion module(long size) {
    return ModuleVersion.parse("example.com/m@v1.0." + size);
  }

  private List<Long> sizes() {
    return inside.epochs().notes().stream()
        .map(note -> note.lines().skip(1).findFirst())
        .map(size -> Long.valueOf(size.orElseThrow()))
        .toList();
  }
}
