package dev.modgate.gomod.zip;

import dev.modgate.gomod.module.ModuleVersion;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/// Checks a module zip and computes its h1.
public final class ModuleZip {
  private ModuleZip() {}

  /// Reads the whole zip once, front to back, with some 400 KiB of buffers, the list of its names,
  /// and its go.mod. Does not close the channel.
  ///
  /// @param module the version that the zip must hold
  /// @throws IOException when the channel fails; a broken zip is a fault instead
  public static ZipReport inspect(SeekableByteChannel zip, ModuleVersion module)
      throws IOException {
    return inspect(zip, module, ZipLimits.GO);
  }

  static ZipReport inspect(SeekableByteChannel zip, ModuleVersion module, ZipLimits limits)
      throws IOException {
    var bytes = new ZipBytes(zip);
    try {
      if (bytes.size() > limits.zipBytes()) {
        throw new BrokenZip(
            ZipFault.Kind.TOO_LARGE,
            "zip has " + bytes.size() + " bytes, at most " + limits.zipBytes() + " are allowed");
      }
      EndRecord end = EndRecord.find(bytes);
      List<Entry> entries = CentralDirectory.read(bytes, end, limits);
      return new Inspection(bytes, end, module, limits).inspect(entries);
    } catch (BrokenZip e) {
      return new ZipReport(Optional.empty(), Optional.empty(), List.of(e.fault()));
    }
  }
}
