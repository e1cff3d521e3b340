package dev.modgate.start;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where the blob store is, the same for fetcher, verifier and publisher.
///
/// @param path a folder, made where it is missing
/// @param maxAge a blob that was not used for so long is forgotten
/// @param maxSize of all blobs together; above it the oldest are forgotten
@ConfigurationProperties("modgate.blob-store")
public record BlobFolder(
    @DefaultValue("data/blob-store") Path path,
    @DefaultValue("14d") Duration maxAge,
    @DefaultValue("100GB") DataSize maxSize) {
  public BlobFolder {
    new Check("modgate.blob-store")
        .time("max-age", maxAge, Duration.ofHours(2), Duration.ofDays(3650))
        .size("max-size", maxSize, DataSize.ofMegabytes(1), DataSize.ofTerabytes(1_000_000))
        .end();
  }

  /// @throws StartException when the folder can't be used
  public BlobStore open() {
    return new BlobStore(objects(Durability.RELAXED));
  }

  /// For what can't be had again, unlike blobs: what lies below `trust/`.
  ///
  /// @throws StartException when the folder can't be used
  public ObjectStore openDurable() {
    return objects(Durability.FSYNC);
  }

  private ObjectStore objects(Durability durability) {
    try {
      return new FileObjectStore(path, durability);
    } catch (IOException e) {
      throw new StartException(
          "modgate.blob-store.path is \"" + path + "\", which can't be used: " + Plain.of("" + e),
          e);
    }
  }
}
