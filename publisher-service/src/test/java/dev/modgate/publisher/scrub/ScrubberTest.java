package dev.modgate.publisher.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.zone.ScrubState;
import dev.modgate.pipeline.zone.ScrubState.Pass;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.DelegatingStore;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When a pass begins, where it goes on, and whose it is.
class ScrubberTest {
  private final World world = new World();
  private Instant now = World.now();
  private final InstantSource clock = () -> now;

  @BeforeEach
  void publish() throws Exception {
    for (int i = 0; i < 5; i++) {
      world.with(Want.ZIP, SyntheticModule.of("example.com/m" + i + "@v1.0.0"));
    }
  }

  @Test
  void walksOverEverythingOnceAndThenWaits() throws Exception {
    try (Scrubber scrubber = world.scrubber(world.zone, "a", clock)) {
      scrubber.turn();
      Pass first = last();
      scrubber.turn();

      assertThat(last()).isEqualTo(first);
      assertThat(first.objects()).isEqualTo(5 * 7 + 1);
      assertThat(first.found()).isZero();
      now = now.plus(Duration.ofDays(2));
      scrubber.turn();
      assertThat(last().started()).isEqualTo(now);
    }
  }

  @Test
  void goesOnWhereTheStoreFailed() throws Exception {
    var fragile = new Fragile(world);
    try (Scrubber scrubber = world.scrubber(fragile, "a", clock)) {
      fragile.awayFrom = ZoneLayout.zip(SyntheticModule.of("example.com/m3@v1.0.0").module());
      scrubber.turn();
      assertThat(state().last()).isNull();
      fragile.back();

      scrubber.turn();

      assertThat(last().finished()).isNotNull();
      assertThat(last().found()).isZero();
    }
  }

  @Test
  void oneObjectThatCannotBeReadIsToldAndPassedOver() throws Exception {
    var fragile = new Fragile(world);
    try (Scrubber scrubber = world.scrubber(fragile, "a", clock)) {
      fragile.broken = ZoneLayout.zip(SyntheticModule.of("example.com/m3@v1.0.0").module());

      scrubber.turn();

      assertThat(last().objects()).isEqualTo(5 * 7 + 1);
      assertThat(last().findings())
          .singleElement()
          .satisfies(found -> assertThat(found.sentence()).contains("disk error"));
    }
  }

  @Test
  void anotherOneTakesOverWhereThisOneDiedAndNotBefore() throws Exception {
    var fragile = new Fragile(world);
    fragile.awayFrom = ZoneLayout.zip(SyntheticModule.of("example.com/m3@v1.0.0").module());
    try (Scrubber dead = world.scrubber(fragile, "a", clock);
        Scrubber other = world.scrubber(world.zone, "b", clock)) {
      dead.turn();

      other.turn();
      assertThat(state().holder()).isEqualTo("a");

      now = now.plus(Duration.ofMinutes(31));
      other.turn();
      assertThat(state().holder()).isEqualTo("b");
      assertThat(last().finished()).isNotNull();
    }
  }

  @Test
  void beginsAtOnceWhereSomebodyAsks() throws Exception {
    try (Scrubber scrubber = world.scrubber(world.zone, "a", clock)) {
      scrubber.turn();
      Instant before = last().started();
      now = now.plusSeconds(60);

      scrubber.now(now.minusSeconds(1));
      scrubber.turn();

      assertThat(last().started()).isAfter(before);
      scrubber.turn();
      assertThat(world.told).last().satisfies(state -> assertThat(state.last()).isEqualTo(last()));
    }
  }

  @Test
  void aStateThatCannotBeReadBeginsAnew() throws Exception {
    World.set(world.zone, ZoneLayout.scrub(), "nonsense".getBytes(UTF_8));
    try (Scrubber scrubber = world.scrubber(world.zone, "a", clock)) {
      scrubber.turn();

      assertThat(last().finished()).isNotNull();
    }
  }

  private ScrubState state() throws IOException {
    return ScrubState.read(World.read(world.zone, ZoneLayout.scrub()));
  }

  private Pass last() throws IOException {
    return Optional.ofNullable(state().last()).orElseThrow();
  }

  /// Fails at one object, or altogether from the time on at which that is opened.
  private static final class Fragile extends DelegatingStore {
    private ObjectKey broken = new ObjectKey("none");
    private ObjectKey awayFrom = broken;
    private boolean away;

    Fragile(World world) {
      super(world.zone);
    }

    void back() {
      away = false;
      awayFrom = new ObjectKey("none");
    }

    @Override
    public Optional<ObjectReader> open(ObjectKey key) throws IOException {
      away |= key.equals(awayFrom);
      if (away || key.equals(broken)) {
        throw new IOException("disk error");
      }
      return super.open(key);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
      if (away) {
        throw new IOException("disk error");
      }
      return super.stat(key);
    }
  }
}
