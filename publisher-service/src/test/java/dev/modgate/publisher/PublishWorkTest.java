package dev.modgate.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishWorkTest {
  private static final ModulePath PATH = new ModulePath("example.com/m");

  private final Outer outer = Outer.empty();
  private final MemoryObjectStore zone = new MemoryObjectStore();
  private final PublishWork work = publisher(zone);
  private final SyntheticModule v1 = SyntheticModule.of("example.com/m@v1.0.0");
  private final SyntheticModule v2 = SyntheticModule.of("example.com/m@v1.10.0");

  @Test
  void publishesAllFilesAndMakesTheVersionVisible() throws Exception {
    var published = (ModulePublished) publish(v1, Want.ZIP);

    assertThat(published.evidence().zipHash()).isEqualTo(v1.zipHash());
    assertThat(stored(ZoneLayout.zip(v1.module()))).isEqualTo(v1.zip());
    assertThat(stored(ZoneLayout.mod(v1.module()))).isEqualTo(v1.mod());
    assertThat(stored(ZoneLayout.info(v1.module()))).isEqualTo(v1.info());
    assertThat(list()).isEqualTo("v1.0.0\n");
    assertThat(stored(ZoneLayout.latest(PATH))).isEqualTo(v1.info());
  }

  @Test
  void listsInGosOrderAndLatestOnlyGoesForward() throws Exception {
    for (var version : List.of("v1.10.0", "v1.2.0", "v1.11.0-rc.1", "v1.9.0")) {
      publish(SyntheticModule.of("example.com/m@" + version), Want.ZIP);
    }

    assertThat(list()).isEqualTo("v1.2.0\nv1.9.0\nv1.10.0\nv1.11.0-rc.1\n");
    assertThat(stored(ZoneLayout.latest(PATH))).isEqualTo(v2.info());
  }

  @Test
  void aPseudoVersionIsLatestButNotListedUntilAReleaseComes() throws Exception {
    var pseudo = SyntheticModule.of("example.com/m@v0.0.0-20240501100000-abcdefabcdef");
    publish(pseudo, Want.ZIP);

    assertThat(list()).isEmpty();
    assertThat(stored(ZoneLayout.latest(PATH))).isEqualTo(pseudo.info());

    publish(v1, Want.ZIP);
    publish(pseudo, Want.ZIP);

    assertThat(stored(ZoneLayout.latest(PATH))).isEqualTo(v1.info());
  }

  @Test
  void aGoModAloneIsServedButNotListedAndALaterZipCompletesIt() throws Exception {
    publish(v1, Want.MOD);

    assertThat(stored(ZoneLayout.mod(v1.module()))).isEqualTo(v1.mod());
    assertThat(stored(ZoneLayout.info(v1.module()))).isEqualTo(v1.info());
    assertThat(zone.stat(ZoneLayout.list(PATH))).isEmpty();
    assertThat(zone.stat(ZoneLayout.latest(PATH))).isEmpty();

    publish(v1, Want.ZIP);

    assertThat(list()).isEqualTo("v1.0.0\n");
  }

  @Test
  void theSameContentsInAnotherPackingKeepWhatIsStored() throws Exception {
    publish(v1, Want.ZIP);
    var before = snapshot();

    var again = publish(v1.repacked(), Want.ZIP);

    assertThat(v1.repacked().zip()).isNotEqualTo(v1.zip());
    assertThat(again).isInstanceOf(ModulePublished.class);
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void anotherHashIsRefusedAndWhatIsInsideStays() throws Exception {
    publish(v1, Want.ZIP);
    var before = snapshot();
    var changed = v1.withFile("lib.go", "package lib // another\n");

    var refused = (ModuleRejected) publish(changed, Want.ZIP);

    assertThat(refused.stage()).isEqualTo(StageName.PUBLISH);
    assertThat(refused.reason()).isEqualTo(RejectReason.PUBLISHED_DIFFERS);
    assertThat(refused.sentence())
        .isEqualTo(
            "example.com/m@v1.0.0: its zip hash is "
                + changed.zipHash()
                + " but "
                + v1.zipHash()
                + " is inside, which stays");
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void anotherGoModThanTheOnePinnedIsRefusedForEitherWant() throws Exception {
    publish(v1, Want.MOD);
    var changed = v1.requiring("example.com/x@v1.0.0");

    assertThat(publish(changed, Want.MOD)).isInstanceOf(ModuleRejected.class);
    assertThat(publish(changed, Want.ZIP)).isInstanceOf(ModuleRejected.class);
    assertThat(stored(ZoneLayout.mod(v1.module()))).isEqualTo(v1.mod());
    assertThat(zone.stat(ZoneLayout.zip(v1.module()))).isEmpty();
  }

  @Test
  void theFirstInfoStays() throws Exception {
    publish(v1, Want.MOD);

    publish(v1.withInfoBytes("{\"Version\":\"v1.0.0\"}".getBytes(UTF_8)), Want.ZIP);

    assertThat(stored(ZoneLayout.info(v1.module()))).isEqualTo(v1.info());
    assertThat(stored(ZoneLayout.latest(PATH))).isEqualTo(v1.info());
  }

  @Test
  void bytesThatChangedSinceTheVerdictNeverComeInside() throws Exception {
    ModuleVerified event = outer.verified(v1, Want.ZIP);
    BlobRef zip = event.evidence().files().zipIfAny().orElseThrow();
    ObjectKey key =
        outer
            .objects()
            .list("")
            .map(s -> s.key())
            .filter(k -> k.value().endsWith(zip.sha256().hex()))
            .findFirst()
            .orElseThrow();
    outer
        .objects()
        .compareAndSwap(
            key, outer.objects().stat(key).map(s -> s.revision()), new byte[(int) zip.size()]);

    var deferred = (ModuleDeferred) work.process(event).getFirst();

    assertThat(deferred.reason()).isEqualTo(DeferReason.REFETCH);
    assertThat(zone.stat(ZoneLayout.zip(v1.module()))).isEmpty();
    assertThat(zone.stat(ZoneLayout.info(v1.module()))).isEmpty();
  }

  @Test
  void aBlobThatIsGoneIsFetchedAgain() throws Exception {
    ModuleVerified event = outer.verified(v1, Want.ZIP);
    for (var blob : outer.objects().list("").toList()) {
      outer.objects().delete(blob.key());
    }

    assertThat(((ModuleDeferred) work.process(event).getFirst()).reason())
        .isEqualTo(DeferReason.REFETCH);
  }

  @Test
  void damagedListAndLatestAreHealed() throws Exception {
    publish(v1, Want.ZIP);
    set(ZoneLayout.list(PATH), "garbage\nv1.0.0\n".getBytes(UTF_8));
    set(ZoneLayout.latest(PATH), "<html>".getBytes(UTF_8));

    publish(v1, Want.ZIP);

    assertThat(list()).isEqualTo("v1.0.0\n");
    assertThat(stored(ZoneLayout.latest(PATH))).isEqualTo(v1.info());
  }

  @Test
  void aStoreThatFailsPausesTheStage() throws Exception {
    var down = publisher(new CrashingStore(zone, 0, false, _ -> {}));

    assertThatThrownBy(() -> down.process(outer.verified(v1, Want.ZIP)))
        .isInstanceOf(DependencyDownException.class)
        .hasMessage("the zone store fails: crashed");
  }

  @Test
  void aBlobStoreThatFailsPausesTheStage() throws Exception {
    ModuleVerified event = outer.verified(v1, Want.ZIP);
    var down = new BlobStore(new CrashingStore(outer.objects(), 0, false, _ -> {}));

    assertThatThrownBy(() -> publisher(down).process(event))
        .isInstanceOf(DependencyDownException.class)
        .hasMessage("the blob store can't be read: crashed");
  }

  @Test
  void aBlobThatCantBeReadIsPutOffAlone() throws Exception {
    ModuleVerified event = outer.verified(v1, Want.ZIP);
    var bad = new BlobStore(new UnreadableStore(outer.objects()));

    assertThatThrownBy(() -> publisher(bad).process(event))
        .isInstanceOfSatisfying(
            NotNowException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(DeferReason.STORE_FAILED);
              assertThat(e.triesInPlaceHelp()).isTrue();
              assertThat(e.sentence())
                  .startsWith("example.com/m@v1.0.0: blob ")
                  .endsWith(" can't be read: input/output error");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashAtAnyStepShowsNothingHalfDoneAndHealsByItself(boolean afterEffect) throws Exception {
    boolean survived = false;
    for (int step = 1; !survived; step++) {
      var store = new MemoryObjectStore();
      var before = publisher(store);
      before.process(outer.verified(v1, Want.ZIP));
      before.process(outer.verified(v2, Want.MOD));
      var crashing =
          new CrashingStore(store, step, afterEffect, PublishWorkTest::assertListedIsWhole);

      try {
        publisher(crashing).process(outer.verified(v2, Want.ZIP));
      } catch (DependencyDownException e) {
        assertListedIsWhole(store);
      }
      survived = crashing.survived();
      publisher(store).process(outer.verified(v2.repacked(), Want.ZIP));

      assertThat(read(store, ZoneLayout.list(PATH)).map(b -> new String(b, UTF_8)))
          .as("after a crash at step %s", step)
          .contains("v1.0.0\nv1.10.0\n");
      assertThat(read(store, ZoneLayout.latest(PATH))).contains(v2.info());
      assertListedIsWhole(store);
      assertThat(step).isLessThan(100);
    }
  }

  @Test
  void twoPublishersOfManyVersionsOfOneModuleLoseNone() throws Exception {
    var other = publisher(zone);
    var expected = new ArrayList<String>();
    List<Callable<Object>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      var version = SyntheticModule.of("example.com/m@v1." + i + ".0");
      var event = outer.verified(version, Want.ZIP);
      var by = i % 2 == 0 ? work : other;
      expected.add("v1." + i + ".0");
      all.add(() -> by.process(event));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(all)) {
        assertThat(done.get()).isNotNull();
      }
    }

    assertThat(list().lines()).containsExactlyElementsOf(expected);
    assertThat(new String(stored(ZoneLayout.latest(PATH)), UTF_8)).contains("\"v1.59.0\"");
  }

  private PublishWork publisher(ObjectStore store) {
    return new PublishWork(
        outer.blobs(), store, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
  }

  private PublishWork publisher(BlobStore blobs) {
    return new PublishWork(
        blobs, zone, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
  }

  private ModuleEvent publish(SyntheticModule module, Want want) throws Exception {
    List<ModuleEvent> events = work.process(outer.verified(module, want));
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  /// What a reader may rely on: a listed version has its three files.
  private static void assertListedIsWhole(ObjectStore store) {
    try {
      String list = read(store, ZoneLayout.list(PATH)).map(b -> new String(b, UTF_8)).orElse("");
      for (String version : list.lines().toList()) {
        var module = SyntheticModule.of(PATH + "@" + version).module();
        assertThat(store.stat(ZoneLayout.zip(module))).as("%s.zip", version).isPresent();
        assertThat(store.stat(ZoneLayout.mod(module))).as("%s.mod", version).isPresent();
        assertThat(store.stat(ZoneLayout.info(module))).as("%s.info", version).isPresent();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String list() throws IOException {
    return new String(stored(ZoneLayout.list(PATH)), UTF_8);
  }

  private byte[] stored(ObjectKey key) throws IOException {
    return read(zone, key).orElseThrow();
  }

  private static Optional<byte[]> read(ObjectStore store, ObjectKey key) throws IOException {
    Optional<ObjectReader> object = store.open(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader reader = object.get()) {
      return Optional.of(reader.readAll(1_000_000));
    }
  }

  private void set(ObjectKey key, byte[] bytes) {
    assertThat(zone.compareAndSwap(key, zone.stat(key).map(s -> s.revision()), bytes)).isTrue();
  }

  /// Names, revisions and times of writing: equal only if nothing was written.
  private List<String> snapshot() {
    return zone.list("").map(Object::toString).sorted().toList();
  }
}
