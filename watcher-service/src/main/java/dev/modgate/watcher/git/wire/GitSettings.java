package dev.modgate.watcher.git.wire;

import dev.modgate.start.Check;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// `modgate.watcher.git.*`; each key is explained in `watcher.yml`.
public record GitSettings(
    @DefaultValue("./data/watcher/git") Path folder,
    @DefaultValue("5m") Duration time,
    @DefaultValue("30s") Duration silence,
    @DefaultValue("16MB") DataSize mostOfRefs,
    @DefaultValue("512MB") DataSize mostReceived,
    @DefaultValue("250000") int mostObjects,
    @DefaultValue("32MB") DataSize largestObject,
    @DefaultValue("500000") int mostEntries,
    @DefaultValue("64") int deepestFolder,
    @DefaultValue("1000") int mostFiles,
    @DefaultValue("64MB") DataSize mostContent) {

  /// Adds what is impossible in these.
  public Check check(Check check) {
    var kilobyte = DataSize.ofKilobytes(1);
    return check
        .time("git.time", time, Duration.ofSeconds(1), Duration.ofMinutes(20))
        .time("git.silence", silence, Duration.ofSeconds(1), Duration.ofMinutes(10))
        .size("git.most-of-refs", mostOfRefs, kilobyte, DataSize.ofMegabytes(256))
        .size("git.most-received", mostReceived, kilobyte, DataSize.ofGigabytes(16))
        .number("git.most-objects", mostObjects, 1, 10_000_000)
        .size("git.largest-object", largestObject, kilobyte, DataSize.ofMegabytes(48))
        .number("git.most-entries", mostEntries, 1, 100_000_000)
        .number("git.deepest-folder", deepestFolder, 1, 1000)
        .number("git.most-files", mostFiles, 1, 100_000)
        .size("git.most-content", mostContent, kilobyte, DataSize.ofGigabytes(1));
  }
}
