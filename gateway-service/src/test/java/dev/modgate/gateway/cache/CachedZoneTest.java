package dev.modgate.gateway.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.start.StartException;
import dev.modgate.testsupport.TinyDisk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class CachedZoneTest {
  private static final ObjectKey MOD = new ObjectKey("example.com/m/@v/v1.0.0.mod");
  private static final ObjectKey LIST = new ObjectKey("example.com/m/@v/list");
  private static final ObjectKey ZIP = new ObjectKey("example.com/m/@v/v1.0.0.zip");
  private static final ObjectKey OTHER = new ObjectKey("example.com/m/@v/v1.1.0.zip");

  private final UneasyStore zone = new UneasyStore();
  private final byte[] large = new byte[300_000];
  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private @TempDir Path folder;
  private CachedZone cached;

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(large);
    zone.set(MOD, "module example.com/m\n".getBytes(UTF_8));
    zone.set(LIST, "v1.0.0\n".getBytes(UTF_8));
    zone.set(ZIP, large);
    cached = open(DataSize.ofMegabytes(1), Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() throws IOException {
    zone.hangsUntil.countDown();
    cached.close();
  }

  private CachedZone open(DataSize size, Duration waitForStore) {
    var settings = new CacheSettings(folder, size, Duration.ofDays(1), waitForStore);
    registry = new SimpleMeterRegistry();
    return CachedZone.open(zone, folder, settings, 4, registry);
  }

  private void openAgain(Duration waitForStore) throws IOException {
    cached.close();
    cached = open(DataSize.ofMegabytes(1), waitForStore);
  }

  @Test
  void whatWasServedIsServedWhileTheStoreIsAway() throws Exception {
    read(MOD);
    read(ZIP);

    zone.away = true;

    try (var mod = open(MOD);
        var zip = open(ZIP)) {
      assertThat(mod).isInstanceOf(CachedObject.class);
      assertThat(mod.readAll(1000)).isEqualTo("module example.com/m\n".getBytes(UTF_8));
      assertThat(zip.readAll(1_000_000)).isEqualTo(large);
      assertThat(zip.stat().size()).isEqualTo(large.length);
    }
    assertThat(registry.get("modgate.gateway.from.cache").counter().count()).isEqualTo(2);
    assertThat(registry.get("modgate.gateway.zone.store.away").gauge().value()).isEqualTo(1);
  }

  @Test
  void whileTheStoreIsThereItAloneIsAsked() throws Exception {
    read(LIST);
    zone.set(LIST, "v1.0.0\nv1.1.0\n".getBytes(UTF_8));

    assertThat(read(LIST)).isEqualTo("v1.0.0\nv1.1.0\n".getBytes(UTF_8));

    zone.away = true;
    assertThat(read(LIST)).as("the newest seen").isEqualTo("v1.0.0\nv1.1.0\n".getBytes(UTF_8));
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatIsGoneFromTheStoreIsGoneFromTheCache() throws Exception {
    read(MOD);
    zone.objects.delete(MOD);

    assertThat(cached.open(MOD)).isEmpty();

    zone.away = true;
    assertThatIOException().isThrownBy(() -> cached.open(MOD));
    assertThat(files()).isEmpty();
  }

  @Test
  void neitherAbsenceNorARefusalIsRemembered() throws Exception {
    var note = new ObjectKey("_modgate/refused/example.com/m/@v/v1.2.0.zip.json");
    zone.set(note, "{}".getBytes(UTF_8));
    read(note);
    assertThat(cached.open(OTHER)).isEmpty();

    zone.away = true;

    assertThatIOException().isThrownBy(() -> cached.open(note));
    assertThatIOException().isThrownBy(() -> cached.open(OTHER));
    assertThatIOException().isThrownBy(() -> cached.stat(MOD));
  }

  @Test
  void halfAFileIsNotKept() throws Exception {
    try (var zip = open(ZIP)) {
      assertThat(zip.channel().read(ByteBuffer.allocate(1000))).isPositive();
    }
    try (var zip = open(ZIP)) {
      zip.channel().position(1000);
      assertThat(zip.stream().readAllBytes()).hasSize(large.length - 1000);
    }

    zone.away = true;

    assertThatIOException().isThrownBy(() -> cached.open(ZIP));
    assertThat(files()).isEmpty();
  }

  @Test
  void aStoreThatHangsIsWaitedForOnceAndThenLeftAlone() throws Exception {
    openAgain(Duration.ofMillis(500));
    read(MOD);
    read(LIST);
    zone.hangsUntil = new CountDownLatch(1);

    assertThat(open(MOD)).isInstanceOf(CachedObject.class);
    int asked = zone.asked.get();
    for (int i = 0; i < 100; i++) {
      open(LIST).close();
    }

    assertThat(zone.asked.get()).as("looks of the watch alone").isLessThan(asked + 10);
    assertThatIOException()
        .isThrownBy(() -> cached.open(OTHER))
        .withMessageContaining("the zone store did not answer in 500 ms");
    zone.hangsUntil.countDown();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(open(MOD)).isNotInstanceOf(CachedObject.class));
    assertThat(registry.get("modgate.gateway.zone.store.away").gauge().value()).isZero();
  }

  @Test
  void aFileThatStopsInItsMiddleGoesOnFromTheCache() throws Exception {
    read(ZIP);
    try (var zip = open(ZIP)) {
      zone.readsFineTo = 100_000;
      zone.away = true;

      assertThat(zip.stream().readAllBytes()).isEqualTo(large);
    }
  }

  @Test
  void aFileThatStopsInItsMiddleAndIsNotCachedFails() throws Exception {
    try (var zip = open(ZIP)) {
      zone.readsFineTo = 100_000;
      zone.away = true;

      assertThatIOException().isThrownBy(() -> zip.stream().readAllBytes());
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void oneObjectThatCantBeReadIsNoStoreThatIsAway() throws Exception {
    read(MOD);
    zone.broken.add(MOD);

    assertThat(open(MOD)).isInstanceOf(CachedObject.class);

    assertThat(open(LIST)).isNotInstanceOf(CachedObject.class);
    assertThat(registry.get("modgate.gateway.zone.store.away").gauge().value()).isZero();
  }

  @Test
  void survivesARestart() throws Exception {
    read(MOD);
    read(ZIP);
    Files.writeString(folder.resolve("left-behind.part"), "half");
    Files.writeString(folder.resolve("foreign.txt"), "mine");

    openAgain(Duration.ofSeconds(30));
    zone.away = true;

    assertThat(read(ZIP)).isEqualTo(large);
    assertThat(folder.resolve("left-behind.part")).doesNotExist();
    assertThat(folder.resolve("foreign.txt")).exists();
  }

  @Test
  void aFileThatWasChangedIsNotServed() throws Exception {
    read(MOD);
    read(ZIP);
    zone.away = true;
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }

    assertThatIOException().isThrownBy(() -> cached.open(MOD));
    assertThatIOException().isThrownBy(() -> cached.open(ZIP));
    assertThat(files()).isEmpty();
  }

  @Test
  void aFileThatWasCutIsNotServed() throws Exception {
    read(ZIP);
    openAgain(Duration.ofSeconds(30));
    Files.write(files().getFirst(), new byte[10]);
    zone.away = true;

    assertThatIOException().isThrownBy(() -> cached.open(ZIP));
  }

  @Test
  void theFolderNeverGrowsBeyondItsSizeAndKeepsWhatWasUsedLast() throws Exception {
    for (int i = 0; i < 5; i++) {
      var zip = new ObjectKey("example.com/m" + i + "/@v/v1.0.0.zip");
      zone.set(zip, large);
      read(MOD);
      read(zip);
    }

    zone.away = true;

    assertThat(files()).as("of 1 MiB: three of 300 kB, and the go.mod").hasSize(4);
    assertThat(read(MOD)).isNotEmpty();
    assertThat(read(new ObjectKey("example.com/m4/@v/v1.0.0.zip"))).isEqualTo(large);
    assertThatIOException()
        .isThrownBy(() -> cached.open(new ObjectKey("example.com/m0/@v/v1.0.0.zip")));
  }

  @Test
  void whatIsLargerThanTheCacheThrowsNothingOut() throws Exception {
    read(MOD);
    zone.set(OTHER, new byte[2_000_000]);

    read(OTHER);

    zone.away = true;
    assertThat(read(MOD)).isNotEmpty();
    assertThatIOException().isThrownBy(() -> cached.open(OTHER));
  }

  @Test
  void whatWasNotSeenForLongIsNotServed() throws Exception {
    read(MOD);
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }
    openAgain(Duration.ofSeconds(30));

    zone.away = true;

    assertThatIOException().isThrownBy(() -> cached.open(MOD));
    zone.away = false;
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(cached.open(MOD)).isPresent());
    zone.away = true;
    assertThat(open(MOD)).as("seen anew").isInstanceOf(CachedObject.class);
  }

  @Test
  void twoGatewaysCantShareAFolder() {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> open(DataSize.ofMegabytes(1), Duration.ofSeconds(1)))
        .withMessageContaining("which another gateway uses");
  }

  @Test
  void aCacheThatCantBeWrittenDisturbsNobody() throws Exception {
    for (int i = 0; i < 256; i++) {
      Files.writeString(folder.resolve(String.format("%02x", i)), "no folder");
    }

    assertThat(read(MOD)).isNotEmpty();
    assertThat(read(ZIP)).isEqualTo(large);
  }

  @Test
  void aFullOrReadOnlyDiskOfTheCacheDisturbsNobodyAndKeepsWhatItHas() throws Exception {
    try (var disk = TinyDisk.mount(folder.resolve("disk"), 512)) {
      openAgain(disk.folder());
      assertThat(read(MOD)).isNotEmpty();
      Path filler = disk.fill();

      assertThat(read(ZIP)).as("on a full disk").isEqualTo(large);

      Files.delete(filler);
      cached.close(); // has a file open, without which nothing can be remounted
      disk.readOnly();
      openAgain(disk.folder());
      assertThat(read(LIST)).as("on a read-only disk, after a start").isNotEmpty();
      assertThat(read(ZIP)).isEqualTo(large);
      zone.away = true;
      assertThat(read(MOD)).as("kept before").isNotEmpty();
      assertThatIOException().isThrownBy(() -> cached.open(ZIP));
    }
  }

  private void openAgain(Path root) throws IOException {
    cached.close();
    var settings =
        new CacheSettings(
            root, DataSize.ofMegabytes(1), Duration.ofDays(1), Duration.ofSeconds(30));
    registry = new SimpleMeterRegistry();
    cached = CachedZone.open(zone, root, settings, 4, registry);
  }

  private ObjectReader open(ObjectKey key) throws IOException {
    return cached.open(key).orElseThrow();
  }

  private byte[] read(ObjectKey key) throws IOException {
    try (var object = open(key)) {
      return object.stream().readAllBytes();
    }
  }

  /// What is kept.
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(path -> !path.endsWith("lock")).toList();
    }
  }
}
