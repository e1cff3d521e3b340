package dev.modgate.publisher.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyStatus.Health;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.DelegatingStore;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicatorTest {
  private final SyntheticModule v1 = SyntheticModule.of("example.com/m@v1.0.0");
  private final SyntheticModule v2 = SyntheticModule.of("example.com/m@v1.2.0");
  private final World world = new World();
  private final Away away = new Away(world.replica);
  private Instant now = World.now();
  private final Replicator replicator =
      new Replicator(
          world.zone, new Replica("b", away), copy(world.zone), Duration.ofDays(1), () -> now);

  @Test
  void fillsAnEmptyReplicaAndFollows() throws Exception {
    world.with(Want.ZIP, v1).with(Want.MOD, SyntheticModule.of("example.com/g@v0.1.0"));

    assertThat(replicator.turn()).isTrue();
    assertSame();

    world.with(Want.ZIP, v2);
    replicator.published();
    now = now.plus(Replicator.WALK_EVERY);
    assertThat(replicator.turn()).isTrue();
    assertSame();
    assertThat(replicator.status().health()).isEqualTo(Health.UP);
  }

  @Test
  void oneThatWasAwayCatchesUp() throws Exception {
    away.is = true;
    world.with(Want.ZIP, v1);

    assertThat(replicator.turn()).isFalse();
    assertThat(replicator.status().health()).isEqualTo(Health.DOWN);
    assertThat(replicator.status().sentence()).contains("switched off");
    away.is = false;

    assertThat(replicator.turn()).isTrue();
    assertSame();
  }

  @Test
  void aFlippedByteIsFoundByHashAndRepaired() throws Exception {
    world.with(Want.ZIP, v1, v2);
    replicator.turn();
    World.set(world.replica, ZoneLayout.zip(v1.module()), World.flipped(v1.zip()));

    replicator.now();
    replicator.turn();

    assertSame();
  }

  @Test
  void aWalkThatIsNotByHashVerifiesNothingThatIsThere() throws Exception {
    world.with(Want.ZIP, v1, v2);
    replicator.turn();
    var opened = new ArrayList<ObjectKey>();
    var counting =
        new DelegatingStore(world.zone) {
          @Override
          public Optional<ObjectReader> open(ObjectKey key) throws IOException {
            opened.add(key);
            return super.open(key);
          }
        };
    var again =
        new Replicator(
            counting, new Replica("b", away), copy(counting), Duration.ofDays(1), () -> now);

    again.turn();

    assertThat(opened).doesNotHaveDuplicates().doesNotContain(ZoneLayout.zip(v1.module()));
    assertSame();
  }

  @Test
  void aFileOfAnotherSizeIsReplacedByAnyWalk() throws Exception {
    world.with(Want.ZIP, v1);
    replicator.turn();
    World.set(world.replica, ZoneLayout.zip(v1.module()), new byte[10]);

    replicator.published();
    now = now.plus(Replicator.WALK_EVERY);
    replicator.turn();

    assertSame();
  }

  @Test
  void damageDoesNotSpread() throws Exception {
    world.with(Want.ZIP, v1);
    World.set(world.zone, ZoneLayout.zip(v1.module()), World.flipped(v1.zip()));

    replicator.turn();

    assertThat(world.replica.stat(ZoneLayout.zip(v1.module()))).isEmpty();
  }

  @Test
  void damagedEvidenceDoesNotSpread() throws Exception {
    world.with(Want.ZIP, v1);
    replicator.turn();
    ObjectKey key = ZoneLayout.evidence(v1.module(), Want.ZIP);
    byte[] good = World.read(world.replica, key);
    World.set(world.zone, key, "damaged".getBytes(UTF_8));

    replicator.now();
    replicator.turn();

    assertThat(World.read(world.replica, key)).isEqualTo(good);
    assertThat(world.replica.stat(ZoneLayout.zip(v1.module()))).isPresent();
  }

  @Test
  void anEmptyZoneStoreEmptiesNoReplica() throws Exception {
    world.with(Want.ZIP, v1);
    replicator.turn();
    var before = World.contents(world.replica);
    for (ObjectKey key : world.keysBelow("")) {
      world.zone.delete(key);
    }

    replicator.now();
    replicator.turn();

    assertThat(World.contents(world.replica)).isEqualTo(before);
  }

  @Test
  void aFileThatNobodyVerifiedIsSetAsideThere() throws Exception {
    world.with(Want.ZIP, v1);
    var foreign = SyntheticModule.of("example.com/evil@v1.0.0");
    World.set(world.replica, ZoneLayout.zip(foreign.module()), foreign.zip());

    replicator.turn();

    assertSame();
  }

  private ReplicaCopy copy(ObjectStore zone) {
    return new ReplicaCopy(
        zone, away, world.evidence, new Hashing(new Pace(1L << 40)), Optional.empty());
  }

  private void assertSame() throws IOException {
    assertThat(World.contents(world.replica)).isEqualTo(World.contents(world.zone));
  }

  /// A replica that can be switched off.
  private static final class Away extends DelegatingStore {
    private boolean is;

    Away(ObjectStore good) {
      super(good);
    }

    @Override
    public Optional<ObjectReader> open(ObjectKey key) throws IOException {
      if (is) {
        throw new IOException("replica is switched off");
      }
      return super.open(key);
    }

    @Override
    public Iterator<ObjectKey> keys(Optional<ObjectKey> after) throws IOException {
      if (is) {
        throw new IOException("replica is switched off");
      }
      return super.keys(after);
    }
  }
}
