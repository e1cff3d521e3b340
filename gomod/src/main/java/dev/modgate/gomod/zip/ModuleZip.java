package dev.modgate.gomod.zip;

import dev.modgate.gomod.module.ModuleVersion;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/// Checks a module zip and computes its h1.
public final class ModuleZip {
  private static final long BUFFER_BYTES = 1 << 20;

  private ModuleZip() {}

  /// How much heap [#inspect] takes at most, whatever is in the zip: half of its bytes at worst,
  /// because an entry's name stands in it twice, and less than the largest directory. What an
  /// [Inflate] holds is its own.
  ///
  /// @param zipBytes size of the zip
  public static long heapBytes(long zipBytes) {
    return BUFFER_BYTES + Math.min(zipBytes / 2, ZipLimits.GO.directoryBytes());
  }

  /// Reads the contents once, front to back. Does not close the channel.
  ///
  /// @param module the version that the zip must hold
  /// @throws IOException when the channel fails; a broken zip is a fault instead
  public static ZipReport inspect(SeekableByteChannel zip, ModuleVersion module)
      throws IOException {
    return inspect(zip, module, Inflate.PIECEWISE);
  }

  /// As above, with something that may decompress faster.
  public static ZipReport inspect(SeekableByteChannel zip, ModuleVersion module, Inflate inflate)
      throws IOException {
    var bytes = new ZipBytes(zip);
    try {
      if (bytes.size() > ZipLimits.GO.zipBytes()) {
        throw new BrokenZip(
            ZipFault.Kind.TOO_LARGE,
            "zip has "
                + bytes.size()
                + " bytes, at most "
                + ZipLimits.GO.zipBytes()
                + " are allowed");
      }
      EndRecord end = EndRecord.find(bytes);
      Entries entries = CentralDirectory.read(bytes, end, NameRules.prefix(module), ZipLimits.GO);
      return new Inspection(bytes, end, entries, module, inflate).inspect();
    } catch (BrokenZip e) {
      return new ZipReport(Optional.empty(), Optional.empty(), List.of(e.fault()));
    }
  }
}
