package dev.modgate.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.store.FileObjectStore.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which folders are on the disk when an object counts as durable. The pull of a plug is a process
/// that died with its folders unwritten, and another that goes on.
class DurabilityTest {
  private static final ObjectKey ZIP = new ObjectKey("example.com/m/@v/v1.0.0.zip");
  private static final ObjectKey LIST = new ObjectKey("example.com/m/@v/list");

  private final Set<Path> synced = ConcurrentHashMap.newKeySet();
  private @TempDir Path folder;
  private Path root;
  private Path versions;

  @BeforeEach
  void resolve() throws IOException {
    root = folder.toRealPath().resolve("new/store");
    versions = root.resolve("example.com/m/@v");
  }

  @Test
  void theWayToTheStoreIsWrittenWhenItIsOpened() throws IOException {
    var _ = store();

    assertThat(synced).contains(folder.toRealPath(), folder.toRealPath().resolve("new"));
  }

  @Test
  void aPutWritesEachFolderOnTheWayOnce() throws IOException {
    FileObjectStore store = store();
    synced.clear();

    put(store, ZIP);

    assertThat(synced)
        .containsExactlyInAnyOrder(
            root, root.resolve("example.com"), root.resolve("example.com/m"), versions);
    synced.clear();
    put(store, LIST);
    assertThat(synced).containsExactly(versions);
  }

  @Test
  void foldersOfAWriterThatDiedAreWrittenByTheNext() throws IOException {
    dieAt(Step.LINKED);
    FileObjectStore next = store();
    synced.clear();

    put(next, LIST);

    assertThat(synced)
        .containsExactlyInAnyOrder(
            root, root.resolve("example.com"), root.resolve("example.com/m"), versions);
  }

  @Test
  void aSwapWritesTheFoldersOfAWriterThatDied() throws IOException {
    dieAt(Step.LINKED);
    FileObjectStore next = store();
    synced.clear();

    Optional<Revision> seen = next.stat(ZIP).map(ObjectStat::revision);
    assertThat(next.compareAndSwap(ZIP, seen, "next".getBytes(UTF_8))).isTrue();

    assertThat(synced).contains(root, root.resolve("example.com/m"), versions);
  }

  @Test
  void settlingWritesTheFoldersOfWhatWasFound() throws IOException {
    dieAt(Step.LINKED);
    FileObjectStore next = store();
    synced.clear();

    next.settle(new ObjectKey("example.com/m/@v/none"));
    assertThat(synced).isEmpty();

    next.settle(ZIP);
    assertThat(synced).contains(root, root.resolve("example.com/m"), versions);
  }

  @Test
  void aStoreWithoutThePromiseWritesNoFolder() throws IOException {
    var store = new FileObjectStore(root, Durability.RELAXED, _ -> {}, recording());

    put(store, ZIP);

    assertThat(synced).isEmpty();
  }

  private void dieAt(Step last) throws IOException {
    var dying =
        new FileObjectStore(
            root,
            Durability.FSYNC,
            step -> {
              if (step == last) {
                throw new IllegalStateException("died");
              }
            });
    assertThatThrownBy(() -> put(dying, ZIP)).hasMessage("died");
  }

  private FileObjectStore store() throws IOException {
    return new FileObjectStore(root, Durability.FSYNC, _ -> {}, recording());
  }

  private FolderSync recording() {
    return new FolderSync(synced::add);
  }

  private static void put(FileObjectStore store, ObjectKey key) throws IOException {
    try (var writer = store.newWriter()) {
      writer.write("content".getBytes(UTF_8));
      assertThat(writer.putIfAbsent(key)).isTrue();
    }
  }
}
