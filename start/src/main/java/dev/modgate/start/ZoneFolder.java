package dev.modgate.start;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectSource;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the zone store is, the same for publisher and gateway.
///
/// @param path a folder; the publisher makes it where it is missing
@ConfigurationProperties("modgate.zone-store")
public record ZoneFolder(@DefaultValue("data/zone-store") Path path) {

  /// To write.
  ///
  /// @throws StartException when the folder can't be used
  public ObjectStore open() {
    try {
      return new FileObjectStore(path, Durability.FSYNC);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /// Takes no right but to read. While the folder is missing, nothing can be read.
  ///
  /// @throws StartException when it is no folder
  public ObjectSource read() {
    try {
      return new FileObjectSource(path);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private StartException unusable(IOException e) {
    return new StartException(
        "modgate.zone-store.path is \"" + path + "\", which can't be used: " + Plain.of("" + e), e);
  }
}
