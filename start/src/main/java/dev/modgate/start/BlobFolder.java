package dev.modgate.start;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.store.BlobStore;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the blob store is, the same for fetcher, verifier and publisher.
///
/// @param path a folder, made where it is missing
@ConfigurationProperties("modgate.blob-store")
public record BlobFolder(@DefaultValue("data/blob-store") Path path) {

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
