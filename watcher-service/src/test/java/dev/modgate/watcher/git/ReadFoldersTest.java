package dev.modgate.watcher.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadFoldersTest {
  @TempDir Path parent;

  private Path folder() {
    return parent.resolve("git");
  }

  @Test
  void nothingIsMadeUntilSomethingIsRead() throws Exception {
    try (var _ = ReadFolders.open(folder())) {
      assertThat(folder()).doesNotExist();
    }
  }

  @Test
  void aFolderIsDeletedWithAllThatIsInIt() throws Exception {
    try (var folders = ReadFolders.open(folder())) {
      Path path;
      try (var place = folders.begin()) {
        path = place.path();
        Files.createDirectories(path.resolve("a/b"));
        Files.writeString(path.resolve("a/b/c"), "x");
      }

      assertThat(path).doesNotExist();
    }
    assertThat(folder()).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftGoesWhenTheNextOneBegins() throws Exception {
    Path left = Files.createDirectories(folder().resolve("process-1/read-1"));
    Files.writeString(folder().resolve("process-1/lock"), "");
    Files.writeString(left.resolve("pack"), "x");
    Path other = Files.writeString(folder().resolve("not-ours"), "x");

    try (var _ = ReadFolders.open(folder())) {
      assertThat(folder().resolve("process-1")).doesNotExist();
      assertThat(other).exists();
    }
  }

  @Test
  void whatALivingProcessUsesStays() throws Exception {
    try (var living = ReadFolders.open(folder());
        var place = living.begin()) {
      try (var _ = ReadFolders.open(folder())) {
        assertThat(place.path()).exists();
      }
    }
  }
}
