package dev.modgate.fetcher.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobCollectionTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:30:00Z");
  private static final Duration AGE = Duration.ofDays(14);
  private static final long SIZE = 1_000;

  @TempDir Path folder;
  private BlobStore blobs;

  @BeforeEach
  void open() throws Exception {
    blobs = new BlobStore(new FileObjectStore(folder, Durability.RELAXED));
  }

  private BlobRef keep(String content) throws IOException {
    try (BlobStore.Writer writer = blobs.newWriter()) {
      byte[] bytes = content.getBytes(UTF_8);
      writer.write(bytes, 0, bytes.length);
      return writer.keep();
    }
  }

  private BlobRef keep(String content, Duration ago) throws IOException {
    BlobRef ref = keep(content);
    String hex = ref.sha256().hex();
    Files.setLastModifiedTime(
        folder.resolve("blobs/sha256/" + hex.substring(0, 2) + "/" + hex),
        FileTime.from(NOW.minus(ago)));
    return ref;
  }

  private boolean there(BlobRef ref) throws IOException {
    try (var reader = blobs.open(ref).orElse(null)) {
      return reader != null;
    }
  }

  private BlobCollection collection() {
    return new BlobCollection(
        blobs, new BlobCollection.Bounds(AGE, SIZE), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void whatWasNotKeptAgainForTooLongIsForgotten() throws Exception {
    BlobRef old = keep("old", AGE.plusHours(1));
    BlobRef young = keep("young", AGE.minusHours(1));

    BlobCollection.Pass pass = collection().pass(() -> {});

    assertThat(there(old)).isFalse();
    assertThat(there(young)).isTrue();
    assertThat(pass.blobs()).isEqualTo(1);
    assertThat(pass.bytes()).isEqualTo(3);
    assertThat(pass.left()).isEqualTo(5);
  }

  @Test
  void whatIsKeptAgainIsYoungAgain() throws Exception {
    BlobRef old = keep("old", AGE.plusHours(1));
    keep("old");

    assertThat(collection().pass(() -> {}).blobs()).isZero();
    assertThat(there(old)).isTrue();
  }

  @Test
  void aboveTheSizeTheOldestGoAndNeverWhatIsOnItsWay() throws Exception {
    var refs = new ArrayList<BlobRef>();
    for (int hours : List.of(100, 50, 3)) {
      refs.add(keep(hours + "h".repeat(400), Duration.ofHours(hours)));
    }
    BlobRef onItsWay = keep("w".repeat(5_000), Duration.ofMinutes(40));

    BlobCollection.Pass pass = collection().pass(() -> {});

    for (BlobRef ref : refs) {
      assertThat(there(ref)).isFalse();
    }
    assertThat(there(onItsWay)).as("though it is larger than all may be").isTrue();
    assertThat(pass.left()).isEqualTo(5_000);
  }

  @Test
  void noMoreGoesThanTheSizeAsksFor() throws Exception {
    BlobRef oldest = keep("a".repeat(400), Duration.ofHours(100));
    BlobRef older = keep("b".repeat(400), Duration.ofHours(50));
    BlobRef young = keep("c".repeat(400), Duration.ofHours(3));

    collection().pass(() -> {});

    assertThat(there(oldest)).isFalse();
    assertThat(there(older)).isTrue();
    assertThat(there(young)).isTrue();
  }

  @Test
  void aBlobThatIsKeptAgainWhileTheStoreIsWalkedStays() throws Exception {
    BlobRef old = keep("old", AGE.plusHours(1));
    var steps = new int[1];

    collection()
        .pass(() -> {
          if (steps[0]++ == 0) {
            keepUnchecked("old");
          }
        });

    assertThat(there(old)).isTrue();
  }

  private void keepUnchecked(String content) {
    try {
      keep(content);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoIsStoppedGoesOnTheNextTime() throws Exception {
    for (int i = 0; i < 20; i++) {
      keep("blob " + i, AGE.plusHours(1));
    }
    var steps = new int[1];

    assertThatThrownBy(() ->
            collection()
                .pass(() -> {
                  if (++steps[0] == 30) {
                    throw new InterruptedException("stopped");
                  }
                }))
        .isInstanceOf(InterruptedException.class);

    assertThat(collection().pass(() -> {}).blobs()).isEqualTo(10);
  }

  @Test
  void nothingElseOfTheStoreIsTouched() throws Exception {
    Path trust = Files.createDirectories(folder.resolve("trust/sumdb")).resolve("latest");
    Files.writeString(trust, "a tree head");
    Files.setLastModifiedTime(trust, FileTime.from(NOW.minus(AGE).minus(AGE)));

    assertThat(collection().pass(() -> {}).blobs()).isZero();
    assertThat(trust).exists();
  }
}
