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

class FileObjectSourceTest {
  private static final ObjectKey KEY = new ObjectKey("example.com/m/@v/v1.0.0.zip");

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
  void isEmptyUntilItsFolderAppears() throws IOException {
    Path root = folder.resolve("a/b");
    var source = new FileObjectSource(root);
    assertThat(source.open(KEY)).isEmpty();
    assertThat(source.stat(KEY)).isEmpty();
    assertThat(folder).isEmptyDirectory();

    put(new FileObjectStore(root, Durability.RELAXED), "content");

    assertThat(source.stat(KEY)).isPresent();
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

  private static void put(FileObjectStore store, String content) throws IOException {
    try (var writer = store.newWriter()) {
      writer.write(content.getBytes(UTF_8));
      assertThat(writer.putIfAbsent(KEY)).isTrue();
    }
  }
}
