package dev.modgate.pipeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileObjectSourceTest {
  private static final ObjectKey KEY = new ObjectKey("example.com/m/@v/v1.0.0.zip");
  private static final ObjectKey ABSENT = new ObjectKey("example.com/m/@v/v1.1.0.zip");

  private @TempDir Path folder;

  @Test
  void showsWhatAStoreHolds() throws IOException {
    var store = new FileObjectStore(folder, Durability.RELAXED);
    put(store, "content");

    var source = new FileObjectSource(folder);

    assertThat(source.stat(KEY)).isPresent().isEqualTo(store.stat(KEY));
    try (var reader = source.open(KEY).orElseThrow()) {
      assertThat(new String(reader.readAll(100), UTF_8)).isEqualTo("content");
    }
  }

  @Test
  void failsUntilItsFolderAppears() throws IOException {
    Path root = folder.resolve("a/b");
    var source = new FileObjectSource(root);
    assertFails(source, "store \"" + root + "\" is not there");
    assertThat(folder).isEmptyDirectory();

    put(new FileObjectStore(root, Durability.RELAXED), "content");

    assertThat(source.stat(KEY)).isPresent();
    assertThat(source.stat(ABSENT)).isEmpty();
  }

  @Test
  void failsWhileItsFolderIsEmpty() throws IOException {
    var source = new FileObjectSource(folder);
    assertFails(source, "store \"" + folder + "\" is an empty folder");

    var _ = new FileObjectStore(folder, Durability.RELAXED);

    assertThat(source.stat(ABSENT)).isEmpty();
  }

  @Test
  void failsWhereItsFolderWasMovedAway() throws IOException {
    Path root = folder.resolve("zone");
    put(new FileObjectStore(root, Durability.RELAXED), "content");
    var source = new FileObjectSource(root);

    Files.move(root, folder.resolve("elsewhere"));

    assertFails(source, "store \"" + root + "\" is not there");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failsWhereAnEmptyFolderTookItsPlace(boolean thereAtTheStart) throws IOException {
    Path root = folder.resolve("mounted");
    if (thereAtTheStart) {
      put(new FileObjectStore(root, Durability.RELAXED), "content");
    }
    var source = new FileObjectSource(root);
    if (!thereAtTheStart) {
      put(new FileObjectStore(root, Durability.RELAXED), "content");
      assertThat(source.stat(KEY)).isPresent();
    }

    Files.move(root, folder.resolve("unmounted"));
    Files.createDirectory(root);

    assertFails(source, "store \"" + root + "\" is gone: it has no folder \".tmp-modgate\"");

    Files.delete(root);
    Files.move(folder.resolve("unmounted"), root);
    assertThat(source.stat(KEY)).isPresent();
    assertThat(source.open(ABSENT)).isEmpty();
  }

  @Test
  void readsACopyThatLacksTheStoresOwnFolder() throws IOException {
    Path file = folder.resolve(KEY.value());
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, "content");

    var source = new FileObjectSource(folder);

    assertThat(source.stat(KEY)).isPresent();
    assertThat(source.stat(ABSENT)).isEmpty();
  }

  @Test
  void followsNoLinkOutOfItsFolder() throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "x");
    Files.createSymbolicLink(root.resolve("dir"), outside);
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
    var source = new FileObjectSource(root);

    for (String key : new String[] {"dir/secret", "file"}) {
      assertThat(source.open(new ObjectKey(key))).as(key).isEmpty();
      assertThat(source.stat(new ObjectKey(key))).as(key).isEmpty();
    }
  }

  @Test
  void isReachedThroughALinkToItsFolder() throws IOException {
    put(new FileObjectStore(folder.resolve("real"), Durability.RELAXED), "content");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

    assertThat(new FileObjectSource(link).stat(KEY)).isPresent();
  }

  @Test
  void refusesAFileForItsFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> new FileObjectSource(file))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage("store \"" + file + "\" is a file, want a folder");
  }

  private static void assertFails(FileObjectSource source, String sentence) {
    assertThatThrownBy(() -> source.open(KEY)).isInstanceOf(IOException.class).hasMessage(sentence);
    assertThatThrownBy(() -> source.stat(KEY)).isInstanceOf(IOException.class).hasMessage(sentence);
  }

  private static void put(FileObjectStore store, String content) throws IOException {
    try (var writer = store.newWriter()) {
      writer.write(content.getBytes(UTF_8));
      assertThat(writer.putIfAbsent(KEY)).isTrue();
    }
  }
}
