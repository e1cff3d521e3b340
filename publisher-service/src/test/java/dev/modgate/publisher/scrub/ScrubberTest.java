package dev.modgate.publisher.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.zone.ScrubState;
import dev.modgate.pipeline.zone.ScrubState.Pass;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.DelegatingStore;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
      fragile.broken = ZoneLayout.zip(SyntheticModule.of("example.com/m3@v1.0.0").module());
      scrubber.turn();
      assertThat(state().now()).isNotNull();
      List<ObjectKey> before = List.copyOf(fragile.opened);
      fragile.broken = new ObjectKey("none");
      fragile.opened.clear();

      scrubber.turn();

      assertThat(last().finished()).isNotNull();
      assertThat(before).isNotEmpty();
    }
  }

  @Test
  void anotherOneTakesOverWhereThisOneDiedAndNotBefore() throws Exception {
    var fragile = new Fragile(world);
    fragile.broken = ZoneLayout.zip(SyntheticModule.of("example.com/m3@v1.0.0").module());
    try (Scrubber dead = world.scrubber(fragile, "a", clock);
        Scrubber other = world.scrubber(world.zone, "b", clock)) {
      dead.turn();

      other.turn();
      assertThat(state().holder()).isEqualTo("a");

      now = now.plus(Duration.ofMinutes(6));
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

  /// Fails at one object.
  private static final class Fragile extends DelegatingStore {
    private final List<ObjectKey> opened = new ArrayList<>();
    private ObjectKey broken = new ObjectKey("none");

    Fragile(World world) {
      super(world.zone);
    }

    @Override
    public Optional<ObjectReader> open(ObjectKey key) throws IOException {
      if (key.equals(broken)) {
        throw new IOException("disk error");
      }
      opened.add(key);
      return super.open(key);
    }
  }
}
