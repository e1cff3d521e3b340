package dev.modgate.publisher.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.zone.ScrubState.Cure;
import dev.modgate.pipeline.zone.ScrubState.Fault;
import dev.modgate.pipeline.zone.ScrubState.Finding;
import dev.modgate.pipeline.zone.StoredEvidence;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the scrub finds at each kind of key, and how it mends it.
class InspectionTest {
  private final SyntheticModule v1 = SyntheticModule.of("example.com/m@v1.0.0");
  private final SyntheticModule v2 = SyntheticModule.of("example.com/m@v1.2.0");
  private final SyntheticModule alone = SyntheticModule.of("example.com/graph@v0.1.0");
  private final SyntheticModule pseudo =
      SyntheticModule.of("example.com/p@v0.0.0-20240501100000-abcdefabcdef");
  private final World world = new World();
  private Map<String, Integer> whole = Map.of();

  @BeforeEach
  void publish() throws Exception {
    world.with(Want.ZIP, v1, v2, pseudo).with(Want.MOD, alone, v1);
    whole = World.contents(world.zone);
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws Exception {
    assertThat(world.scrub()).isEmpty();
    assertThat(World.contents(world.zone)).isEqualTo(whole);
  }

  @Test
  void aFlippedByteIsRepairedFromTheBlobStoreAndKeptAside() throws Exception {
    byte[] wrong = World.flipped(v1.zip());
    World.set(world.zone, ZoneLayout.zip(v1.module()), wrong);

    assertFound(ZoneLayout.zip(v1.module()), Fault.CHANGED, Cure.REPAIRED);

    assertWhole();
    var aside = ZoneLayout.aside(ZoneLayout.zip(v1.module()), Sha256.of(wrong));
    assertThat(World.read(world.zone, aside)).isEqualTo(wrong);
  }

  @Test
  void aMissingFileIsRepaired() throws Exception {
    for (ObjectKey key :
        List.of(
            ZoneLayout.mod(v2.module()),
            ZoneLayout.info(pseudo.module()),
            ZoneLayout.zip(v1.module()),
            ZoneLayout.mod(alone.module()),
            ZoneLayout.pin(v1.module()),
            ZoneLayout.latest(v1.module().path()))) {
      world.zone.delete(key);

      assertThat(world.scrub())
          .extracting(Finding::key, Finding::fault, Finding::cure)
          .contains(Tuple.tuple(key.value(), Fault.MISSING, Cure.REPAIRED));

      assertWhole();
    }
  }

  @Test
  void aMissingLineOfTheListIsRepaired() throws Exception {
    World.set(world.zone, ZoneLayout.list(v1.module().path()), "v1.0.0\n".getBytes(UTF_8));

    assertFound(ZoneLayout.list(v1.module().path()), Fault.INVISIBLE, Cure.REPAIRED);

    assertWhole();
  }

  @Test
  void aListedVersionThatIsNotInsideIsTakenOutOfTheList() throws Exception {
    World.set(
        world.zone,
        ZoneLayout.list(v1.module().path()),
        "v1.0.0\nv1.1.0\nv1.2.0\n".getBytes(UTF_8));

    assertFound(ZoneLayout.list(v1.module().path()), Fault.FOREIGN, Cure.REPAIRED);

    assertWhole();
  }

  @Test
  void anUnreadableLatestIsMadeAnew() throws Exception {
    ObjectKey latest = ZoneLayout.latest(v1.module().path());
    World.set(world.zone, latest, "no json".getBytes(UTF_8));

    assertFound(latest, Fault.CHANGED, Cure.REPAIRED);

    assertWhole();
  }

  @Test
  void aFileOfAModuleThatNobodyVerifiedIsSetAside() throws Exception {
    var foreign = SyntheticModule.of("example.com/evil@v1.0.0");
    ObjectKey key = ZoneLayout.zip(foreign.module());
    World.set(world.zone, key, foreign.zip());

    assertFound(key, Fault.FOREIGN, Cure.SET_ASIDE);

    assertWhole();
    assertThat(World.read(world.zone, ZoneLayout.aside(key, Sha256.of(foreign.zip()))))
        .isEqualTo(foreign.zip());
    assertThat(world.asked).isEmpty();
  }

  @Test
  void aFileThatIsNoneOfOursIsToldAndLeft() throws Exception {
    var key = new ObjectKey("robots.txt");
    World.set(world.zone, key, "User-agent: *\n".getBytes(UTF_8));

    assertFound(key, Fault.FOREIGN, Cure.NONE);

    assertThat(world.zone.stat(key)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Want.class)
  void whatCannotBeRepairedIsTakenAwayAndAskedForAgain(Want want) throws Exception {
    world.forgetBlobs();
    SyntheticModule module = want == Want.ZIP ? v2 : alone;
    ObjectKey key =
        want == Want.ZIP ? ZoneLayout.zip(module.module()) : ZoneLayout.mod(module.module());
    World.set(world.zone, key, World.flipped(World.read(world.zone, key)));

    assertFound(key, Fault.CHANGED, Cure.ASKED_AGAIN);

    assertThat(world.zone.stat(key)).isEmpty();
    assertThat(world.asked)
        .hasSize(1)
        .first()
        .satisfies(event -> {
          assertThat(event.module()).isEqualTo(module.module());
          assertThat(event.want()).isEqualTo(want);
          assertThat(event.reason()).isEqualTo(DeferReason.DAMAGED);
          assertThat(event.sentence()).contains("\"" + key + "\" has sha256", "was verified");
        });
    world.with(want, module); // fetched and verified again
    assertThat(world.scrub()).isEmpty();
    assertWhole();
  }

  @Test
  void whatTheBlobStoreForgotIsRepairedFromAReplica() throws Exception {
    World.set(world.replica, ZoneLayout.zip(v1.module()), v1.zip());
    world.forgetBlobs();
    World.set(world.zone, ZoneLayout.zip(v1.module()), World.flipped(v1.zip()));

    assertFound(ZoneLayout.zip(v1.module()), Fault.CHANGED, Cure.REPAIRED);

    assertWhole();
    assertThat(world.asked).isEmpty();
  }

  @Test
  void aDamagedReplicaRepairsNothing() throws Exception {
    World.set(world.replica, ZoneLayout.zip(v1.module()), World.flipped(v1.zip()));
    world.forgetBlobs();
    world.zone.delete(ZoneLayout.zip(v1.module()));

    assertFound(ZoneLayout.zip(v1.module()), Fault.MISSING, Cure.ASKED_AGAIN);

    assertThat(world.zone.stat(ZoneLayout.zip(v1.module()))).isEmpty();
  }

  @Test
  void evidenceThatWasChangedIsNotBelieved() throws Exception {
    ObjectKey key = ZoneLayout.evidence(v2.module(), Want.ZIP);
    var other = SyntheticModule.of("example.com/m@v1.2.0").withFile("lib.go", "package evil\n");
    StoredEvidence mine = StoredEvidence.read(World.read(world.zone, key));
    var forged =
        world
            .outer
            .verified(other, Want.ZIP)
            .evidence()
            .withVerdict(String.valueOf(mine.evidence().verdict()));
    World.set(world.zone, key, new StoredEvidence(forged, forged.files()).toJson());
    World.set(world.zone, ZoneLayout.zip(v2.module()), other.zip());

    List<Finding> found = world.scrub();

    assertThat(found)
        .extracting(Finding::key, Finding::fault)
        .contains(Tuple.tuple(key.value(), Fault.UNPROVEN));
    assertThat(world.asked).isNotEmpty();
    assertThat(World.contents(world.zone)).doesNotContainKey(ZoneLayout.zip(v2.module()).value());
    world.with(Want.ZIP, v2);
    assertThat(world.scrub()).isEmpty();
    assertThat(World.read(world.zone, ZoneLayout.zip(v2.module()))).isEqualTo(v2.zip());
  }

  @Test
  void evidenceThatOnlyAVerifierOfYesterdayHasSignedIsToldAndLeft() throws Exception {
    List<Finding> found = world.scrub(world.inspection(world.zone, new EvidenceCheck(List.of())));

    assertThat(found)
        .hasSize(5)
        .allSatisfy(f -> assertThat(f.cure()).isEqualTo(Cure.NONE))
        .allSatisfy(f -> assertThat(f.fault()).isEqualTo(Fault.UNPROVEN));
    assertThat(world.asked).isEmpty();
    assertWhole();
  }

  @Test
  void evidenceThatCannotBeReadComesBackFromAReplica() throws Exception {
    ObjectKey key = ZoneLayout.evidence(v2.module(), Want.ZIP);
    World.set(world.replica, key, World.read(world.zone, key));
    World.set(world.zone, key, "damaged".getBytes(UTF_8));

    assertFound(key, Fault.UNPROVEN, Cure.REPAIRED);

    assertWhole();
    assertThat(world.asked).isEmpty();
  }

  @Test
  void aRepairedZipStaysWhereTheOtherEvidenceIsDamaged() throws Exception {
    ObjectKey damaged = ZoneLayout.evidence(v1.module(), Want.MOD);
    World.set(world.zone, damaged, "damaged".getBytes(UTF_8));
    World.set(world.zone, ZoneLayout.zip(v1.module()), World.flipped(v1.zip()));

    assertThat(world.scrub())
        .extracting(Finding::key, Finding::cure)
        .containsExactly(
            Tuple.tuple(damaged.value(), Cure.ASKED_AGAIN),
            Tuple.tuple(ZoneLayout.zip(v1.module()).value(), Cure.REPAIRED));

    assertThat(World.read(world.zone, ZoneLayout.zip(v1.module()))).isEqualTo(v1.zip());
    world.with(Want.MOD, v1);
    assertThat(world.scrub()).isEmpty();
  }

  @Test
  void lostEvidenceIsAskedForAndTheFilesStay() throws Exception {
    world.zone.delete(ZoneLayout.evidence(v2.module(), Want.ZIP));

    assertThat(world.scrub()).extracting(Finding::cure).containsOnly(Cure.ASKED_AGAIN).hasSize(3);

    assertThat(World.read(world.zone, ZoneLayout.zip(v2.module()))).isEqualTo(v2.zip());
    world.with(Want.ZIP, v2);
    assertThat(world.scrub()).isEmpty();
    assertWhole();
  }

  @Test
  void aStoreThatLostAllItsEvidenceIsNotEmptied() throws Exception {
    for (int i = 0; i < 30; i++) {
      world.with(Want.ZIP, SyntheticModule.of("example.com/x" + i + "@v1.0.0"));
    }
    for (ObjectKey key : world.keysBelow("_modgate")) {
      world.zone.delete(key);
    }

    List<Finding> found = world.scrub();

    assertThat(found).hasSizeGreaterThan(90);
    assertThat(found).filteredOn(f -> f.cure() == Cure.SET_ASIDE).hasSize(Inspection.MOST_ACTS);
  }

  private void assertFound(ObjectKey key, Fault fault, Cure cure) throws Exception {
    assertThat(world.scrub())
        .extracting(Finding::key, Finding::fault, Finding::cure)
        .containsExactly(Tuple.tuple(key.value(), fault, cure));
  }

  private void assertWhole() throws Exception {
    assertThat(World.contents(world.zone)).isEqualTo(whole);
  }
}
