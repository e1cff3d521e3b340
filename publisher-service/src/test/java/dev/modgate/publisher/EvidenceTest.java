package dev.modgate.publisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.pipeline.zone.StoredEvidence;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Evidence beside a module names the bytes that lie there, whatever was tried before.
class EvidenceTest {
  private final Outer outer = Outer.empty();
  private final SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");
  private final SyntheticModule otherBytes =
      module.repacked().withInfoBytes("{\"Version\":\"v1.0.0\"}".getBytes(UTF_8));

  @ParameterizedTest
  @CsvSource({"ZIP,false", "ZIP,true", "MOD,false", "MOD,true"})
  void namesWhatIsStoredAfterACrashAtAnyStepAndARefetchInAnotherPacking(
      Want first, boolean afterEffect) throws Exception {
    boolean survived = false;
    for (int step = 1; !survived; step++) {
      var store = new MemoryObjectStore();
      var crashing = new CrashingStore(store, step, afterEffect, EvidenceTest::assertTrueToBytes);
      try {
        publisher(crashing).process(outer.verified(module, first));
      } catch (DependencyDownException e) {
        assertTrueToBytes(store);
      }
      survived = crashing.survived();
      var looking =
          new CrashingStore(store, Integer.MAX_VALUE, afterEffect, EvidenceTest::assertTrueToBytes);

      var events = publisher(looking).process(outer.verified(otherBytes, Want.ZIP));

      Evidence kept = evidence(store, Want.ZIP).orElseThrow();
      assertThat(events.getFirst()).isInstanceOf(ModulePublished.class);
      assertThat(((ModulePublished) events.getFirst()).evidence()).isEqualTo(kept);
      assertThat(kept.zipHash()).isEqualTo(module.zipHash());
      assertTrueToBytes(store);
      assertThat(step).isLessThan(100);
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aCrashOfTheSecondDeliveryHealsWithTheThird(boolean afterEffect) throws Exception {
    boolean survived = false;
    for (int step = 1; !survived; step++) {
      var store = new MemoryObjectStore();
      try {
        publisher(new CrashingStore(store, 12, true, _ -> {}))
            .process(outer.verified(module, Want.ZIP));
      } catch (DependencyDownException e) {
        assertTrueToBytes(store);
      }
      var crashing = new CrashingStore(store, step, afterEffect, EvidenceTest::assertTrueToBytes);
      try {
        publisher(crashing).process(outer.verified(otherBytes, Want.ZIP));
      } catch (DependencyDownException e) {
        assertTrueToBytes(store);
      }
      survived = crashing.survived();

      publisher(store).process(outer.verified(module, Want.ZIP));

      assertThat(evidence(store, Want.ZIP)).isPresent();
      assertTrueToBytes(store);
      assertThat(step).isLessThan(100);
    }
  }

  @Test
  void saysWhichFilesAreOfAnEarlierDelivery() throws Exception {
    var store = new MemoryObjectStore();
    publisher(store).process(outer.verified(module, Want.MOD));

    publisher(store).process(outer.verified(otherBytes, Want.ZIP));

    assertThat(evidence(store, Want.ZIP).orElseThrow().checks())
        .containsExactly(
            "said so",
            "the .info inside is of an earlier delivery, which stays: sha256 "
                + Sha256.of(module.info())
                + ", "
                + module.info().length
                + " bytes");
    assertTrueToBytes(store);
  }

  @Test
  void keepsWhatWasSignedWhicheverBytesLieThere() throws Exception {
    var store = new MemoryObjectStore();
    publisher(store).process(outer.verified(module, Want.MOD));
    var verified = outer.verified(otherBytes, Want.ZIP);

    publisher(store).process(verified);

    byte[] json = read(store, ZoneLayout.evidence(module.module(), Want.ZIP)).orElseThrow();
    assertThat(stored(json).evidence()).isEqualTo(verified.evidence());
    assertThat(stored(json).stored().info().sha256()).isEqualTo(Sha256.of(module.info()));
  }

  @Test
  void followsAFileThatWasLostAndCameBackInAnotherPacking() throws Exception {
    var store = new MemoryObjectStore();
    publisher(store).process(outer.verified(module, Want.ZIP));
    store.delete(ZoneLayout.zip(module.module()));

    publisher(store).process(outer.verified(otherBytes, Want.ZIP));

    assertTrueToBytes(store);
  }

  @Test
  void pinsAgainWhatItSaysWhereThePinWasLost() throws Exception {
    var store = new MemoryObjectStore();
    publisher(store).process(outer.verified(module, Want.ZIP));
    store.delete(ZoneLayout.pin(module.module()));

    var event =
        publisher(store)
            .process(outer.verified(module.withFile("lib.go", "package other\n"), Want.ZIP));

    assertThat(event.getFirst()).isInstanceOf(ModuleRejected.class);
    assertThat(read(store, ZoneLayout.zip(module.module()))).contains(module.zip());
  }

  private PublishWork publisher(ObjectStore store) {
    return new PublishWork(
        outer.blobs(), store, Optional.empty(), Outer.PINNED, InstantSource.fixed(Outer.NOW));
  }

  private static void assertTrueToBytes(ObjectStore store) {
    var module = SyntheticModule.of("example.com/m@v1.0.0").module();
    try {
      for (Want want : Want.values()) {
        Optional<Evidence> evidence = evidence(store, want);
        if (evidence.isPresent()) {
          var files = evidence.get().files();
          assertStored(store, ZoneLayout.info(module), files.info());
          assertStored(store, ZoneLayout.mod(module), files.mod());
          assertThat(files.zipIfAny().isPresent()).isEqualTo(want == Want.ZIP);
          if (want == Want.ZIP) {
            assertStored(store, ZoneLayout.zip(module), files.zipIfAny().orElseThrow());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertStored(ObjectStore store, ObjectKey key, BlobRef named)
      throws IOException {
    byte[] bytes = read(store, key).orElseThrow();
    assertThat(named).as("%s", key).isEqualTo(new BlobRef(Sha256.of(bytes), bytes.length));
  }

  private static Optional<Evidence> evidence(ObjectStore store, Want want) throws IOException {
    var module = SyntheticModule.of("example.com/m@v1.0.0").module();
    return read(store, ZoneLayout.evidence(module, want))
        .map(EvidenceTest::stored)
        .map(StoredEvidence::ofStored);
  }

  private static StoredEvidence stored(byte[] json) {
    try {
      return StoredEvidence.read(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
}
