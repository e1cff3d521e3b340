package dev.modgate.watcher.git;

import dev.modgate.watcher.git.wire.GitSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// Readers for tests.
public final class Readers {
  private Readers() {}

  public static GitReader reader(Path folder) throws IOException {
    return reader(settings(folder));
  }

  static GitReader reader(GitSettings settings) throws IOException {
    return new GitReader(settings, ReadFolders.open(settings.folder()));
  }

  static GitSettings settings(Path folder) {
    return new GitSettings(
        folder,
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        DataSize.ofMegabytes(1),
        DataSize.ofMegabytes(4),
        1_000,
        DataSize.ofMegabytes(1),
        500,
        10,
        60,
        DataSize.ofMegabytes(2));
  }

  /// With this time for all.
  static GitSettings within(Path folder, Duration time) {
    var it = settings(folder);
    return new GitSettings(
        folder,
        time,
        it.silence(),
        it.mostOfRefs(),
        it.mostReceived(),
        it.mostObjects(),
        it.largestObject(),
        it.mostEntries(),
        it.deepestFolder(),
        it.mostFiles(),
        it.mostContent());
  }

  /// With few objects and few bytes.
  static GitSettings small(Path folder, int objects, DataSize received) {
    var it = settings(folder);
    return new GitSettings(
        folder,
        it.time(),
        it.silence(),
        it.mostOfRefs(),
        received,
        objects,
        it.largestObject(),
        it.mostEntries(),
        it.deepestFolder(),
        it.mostFiles(),
        it.mostContent());
  }
}
