package dev.modgate.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.DependencyDownException;
import dev.modgate.pipeline.stage.NotNowException;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.testsupport.TestVerifier;
import dev.modgate.verifier.sumdb.ChecksumDatabase;
import dev.modgate.verifier.sumdb.NoDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The blob store is away, or one blob is.
class StoreTroubleTest {
  private static final ChecksumDatabase OFF = new NoDatabase(InstantSource.fixed(Instant.EPOCH));
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private final SyntheticModule good = SyntheticModule.of("example.com/m@v1.2.3");
  private final FlakyStore flaky = new FlakyStore();
  private final BlobStore blobs = new BlobStore(flaky);
  private final VerifyWork work = work(blobs);

  @Test
  void aStoreThatCantBeReadPausesTheStageUntilItCan() throws Exception {
    var event = fetched(blobs);
    flaky.failOn(_ -> true);

    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> work.process(event))
        .withMessage("blob store \"test\" can't be read: input/output error")
        .satisfies(e -> assertThat(e.retryAfter()).isPositive());

    flaky.failOn(_ -> false);
    assertThat(work.process(event)).hasOnlyElementsOfType(ModuleVerified.class);
  }

  @Test
  void aBlobThatAloneCantBeReadHoldsUpNobodyElse() throws Exception {
    var event = fetched(blobs);
    String zip = event.files().zipIfAny().orElseThrow().sha256().hex();
    flaky.failOn(key -> key.value().endsWith(zip));

    assertThatExceptionOfType(NotNowException.class)
        .isThrownBy(() -> work.process(event))
        .withMessage(
            "example.com/m@v1.2.3: its blobs can't be read from blob store \"test\":"
                + " input/output error")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(DeferReason.STORE_FAILED));
  }

  @Test
  void aStoreWhoseFolderIsGonePausesTheStageUntilItIsBack(@TempDir Path folder) throws Exception {
    Path root = folder.resolve("blobs");
    Path elsewhere = folder.resolve("elsewhere");
    var files = new BlobStore(new FileObjectStore(root, Durability.RELAXED));
    var event = fetched(files);

    java.nio.file.Files.move(root, elsewhere);
    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> work(files).process(event))
        .withMessageContaining("blob store \"test\" can't be read: store \"" + root + "\" is gone");
    java.nio.file.Files.createDirectory(root); // where nothing is mounted any more
    assertThatExceptionOfType(DependencyDownException.class)
        .isThrownBy(() -> work(files).process(event));

    java.nio.file.Files.delete(root);
    java.nio.file.Files.move(elsewhere, root);
    assertThat(work(files).process(event)).hasOnlyElementsOfType(ModuleVerified.class);
  }

  @Test
  void aMissingBlobIsFetchedAgain() throws Exception {
    var event = fetched(blobs);
    for (var stat : flaky.list("").toList()) {
      flaky.delete(stat.key());
    }

    ModuleEvent answer = work.process(event).getFirst();

    assertThat(((ModuleDeferred) answer).reason()).isEqualTo(DeferReason.REFETCH);
  }

  private static VerifyWork work(BlobStore blobs) {
    return new VerifyWork(
        blobs, "blob store \"test\"", OFF, TestVerifier.KEY, InstantSource.fixed(NOW));
  }

  private ModuleFetched fetched(BlobStore into) throws IOException {
    var claim = new Claim(Claim.Subject.ZIP, good.zipHash(), "go.sum", 7);
    return new ModuleFetched(
        new RequestId("r1", 1),
        good.module(),
        Want.ZIP,
        List.of(new Origin("s1", List.of(claim))),
        1,
        new Fetch("https://proxy.example", NOW),
        new Files(blob(into, good.info()), blob(into, good.mod()), blob(into, good.zip())));
  }

  private static BlobRef blob(BlobStore into, byte[] bytes) throws IOException {
    try (var writer = into.newWriter()) {
      writer.write(bytes, 0, bytes.length);
      return writer.keep();
    }
  }
}
