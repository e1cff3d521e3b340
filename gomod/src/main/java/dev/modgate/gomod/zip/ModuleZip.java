package dev.modgate.gomod.zip;

import dev.modgate.gomod.module.ModuleVersion;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/// Checks a module zip and computes its h1.
public final class ModuleZip {
  private ModuleZip() {}

  /// Reads the whole zip once. Does not close the channel.
  ///
  /// @param module the version that the zip must hold
  /// @throws IOException when the channel fails; a broken zip is a fault instead
  public static ZipReport inspect(SeekableByteChannel zip, ModuleVersion module)
      throws IOException {
    if (zip.size() < 0) {
      return new ZipReport(
          java.util.Optional.empty(), java.util.Optional.empty(), java.util.List.of());
    }
    throw new UnsupportedOperationException("not yet: " + module + zip.size());
  }
}
