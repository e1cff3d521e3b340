package dev.modgate.publisher.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.LateFolder;
import dev.modgate.pipeline.store.LateStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneIdentity;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which store is published to when another one, or none, lies where it is expected.
class KnownZoneTest {
  private static final ObjectKey KEY = new ObjectKey("example.com/m/@v/list");

  private final ObjectStore blobs = new MemoryObjectStore();
  private @TempDir Path folder;
  private Path place = Path.of("");

  @BeforeEach
  void place() {
    place = folder.resolve("zone");
  }

  @Test
  void theFirstStartMakesTheStoreAndRemembersIt() throws Exception {
    KnownZone zone = zone();
    assertThat(zone.isFirst()).isTrue();

    put(zone);

    assertThat(zone().isFirst()).isFalse();
    assertThat(Identities.read(blobs, KnownZone.REMEMBERED)).contains(zone.identity());
    assertThat(Files.readAllBytes(place.resolve("_modgate/zone.json")))
        .isEqualTo(zone.identity().toJson());
    put(zone());
  }

  @Test
  void anOlderStoreWithoutAnIdentityIsAdopted() throws Exception {
    put(() -> new FileObjectStore(place, Durability.RELAXED));

    assertThat(zone().open().stat(KEY)).isPresent();

    assertThat(Identities.read(blobs, KnownZone.REMEMBERED)).isPresent();
  }

  @Test
  void aFolderThatIsNotThereIsWaitedForAndNotMade() throws Exception {
    put(zone());
    Files.move(place, folder.resolve("unmounted"));
    KnownZone restarted = zone();

    assertStrange(restarted, "is expected at", "no such folder is there", "mount");

    assertThat(place).doesNotExist();
    Files.move(folder.resolve("unmounted"), place);
    assertThat(restarted.open().stat(KEY)).isPresent();
  }

  @Test
  void anEmptyFolderStaysEmptyAlsoUnderARunningPublisher() throws Exception {
    KnownZone running = zone();
    put(running);
    Files.move(place, folder.resolve("unmounted"));
    Files.createDirectory(place);

    assertStrange(running, "is an empty folder");
    assertStrange(zone(), "is an empty folder");

    assertThat(place).isEmptyDirectory();
    Files.delete(place);
    Files.move(folder.resolve("unmounted"), place);
    assertThat(running.open().stat(KEY)).isPresent();
  }

  @Test
  void anotherZonesStoreIsNeitherReadNorWritten() throws Exception {
    KnownZone mine = zone();
    put(mine);
    ZoneIdentity other =
        new KnownZone(
                folder.resolve("other"),
                new MemoryObjectStore(),
                InstantSource.system(),
                Duration.ZERO)
            .identity();
    ZoneIdentity expected = mine.identity();
    Files.move(place, folder.resolve("mine"));
    Files.move(folder.resolve("other"), place);

    assertStrange(mine, expected.toString(), "zone store " + other + " lies there");
  }

  @Test
  void aStoreThatLostItsIdentityIsToldAndComesBackWithTheBytesThatAreRemembered() throws Exception {
    KnownZone zone = zone();
    put(zone);
    Path identity = place.resolve("_modgate/zone.json");
    Files.delete(identity);

    assertStrange(zone, "has no \"_modgate/zone.json\"");

    try (var remembered = blobs.open(KnownZone.REMEMBERED).orElseThrow()) {
      Files.write(identity, remembered.readAll(ZoneIdentity.MAX_BYTES));
    }
    assertThat(zone.open().stat(KEY)).isPresent();
  }

  @Test
  void whatLiesThereIsMeantOnceSomebodyForgetsTheOther() throws Exception {
    KnownZone zone = zone();
    put(zone);
    ZoneIdentity before = zone.identity();
    Files.move(place, folder.resolve("gone"));
    assertStrange(zone, "remove \"trust/zone.json\" from the blob store");

    blobs.delete(KnownZone.REMEMBERED);

    assertThat(zone.open().stat(KEY)).isEmpty();
    assertThat(zone.identity()).isNotEqualTo(before);
  }

  @Test
  void aStoreThatWasPutBackWithoutWhatAWriterKeepsThereIsOpenedAgain() throws Exception {
    KnownZone zone = zone();
    put(zone);
    Files.delete(place.resolve(".tmp-modgate/new"));

    assertThat(zone.open().stat(new ObjectKey("none"))).isEmpty();
    var _ = zone.open().compareAndSwap(new ObjectKey("more"), Optional.empty(), new byte[1]);
  }

  @Test
  void aBlobStoreThatIsAwayIsNamed() {
    var zone =
        new KnownZone(
            place,
            new LateStore(() -> {
              throw new IOException("input/output error");
            }),
            InstantSource.system(),
            Duration.ZERO);

    assertThat(zone.isFirst()).isFalse();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(zone::open)
        .withMessage("the blob store can't be read: input/output error");
    assertThat(place).doesNotExist();
  }

  @Test
  void anEmptyReplicaAndOneWithoutAnIdentityBecomeThoseOfTheZone() throws Exception {
    KnownZone zone = zone();
    for (String name : new String[] {"empty", "older"}) {
      Path place = Files.createDirectory(folder.resolve(name));
      if (name.equals("older")) {
        put(() -> new FileObjectStore(place, Durability.RELAXED));
      }

      ObjectStore replica = replica(place, zone).open();

      assertThat(Identities.read(replica, ZoneLayout.identity())).contains(zone.identity());
    }
  }

  @Test
  void aReplicaOfAnotherZoneIsNeitherReadNorWritten() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    KnownZone another =
        new KnownZone(
            folder.resolve("another"),
            new MemoryObjectStore(),
            InstantSource.system(),
            Duration.ZERO);
    put(replica(other, another));

    assertStrange(
        replica(other, zone()), "replica b is of zone store " + another.identity(), "empty folder");
  }

  @Test
  void aReplicaThatIsEmptiedMeanwhileIsBegunAnew() throws Exception {
    KnownZone zone = zone();
    put(zone);
    Path other = Files.createDirectory(folder.resolve("other"));
    KnownReplica replica = replica(other, zone);
    put(replica);

    Files.move(other, folder.resolve("taken-out"));
    Files.createDirectory(other);

    put(replica);
    assertThat(other.resolve(KEY.value())).exists();
  }

  @Test
  void aReplicaIsNotTouchedWhileItsZoneIsAway() throws Exception {
    KnownZone zone = zone();
    put(zone);
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.move(place, folder.resolve("unmounted"));

    assertStrange(replica(other, zone), "is expected at");

    assertThat(other).isEmptyDirectory();
  }

  private KnownZone zone() {
    return new KnownZone(place, blobs, InstantSource.system(), Duration.ZERO);
  }

  private static KnownReplica replica(Path place, KnownZone zone) {
    return new KnownReplica("b", new LateFolder(place, Durability.RELAXED), zone, Duration.ZERO);
  }

  private static void put(LateStore.Opening opening) throws IOException {
    var _ = opening.open().compareAndSwap(KEY, Optional.empty(), "v1.0.0\n".getBytes(UTF_8));
  }

  private static void assertStrange(LateStore.Opening opening, String... sentence) {
    assertThatExceptionOfType(StrangeZoneException.class)
        .isThrownBy(opening::open)
        .satisfies(e -> assertThat(e.getMessage()).contains(sentence));
  }
}
