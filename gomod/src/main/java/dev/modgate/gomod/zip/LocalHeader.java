package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.ZipBytes.u16;
import static dev.modgate.gomod.zip.ZipBytes.u32;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The header before an entry's data (APPNOTE 4.3.7). Go does not believe it, other tools do, so it
/// must say what the directory says.
///
/// @param dataOffset where the data begins
record LocalHeader(
    String name,
    int flags,
    int method,
    long crc,
    long compressed,
    long size,
    Oddity oddity,
    long dataOffset) {
  private static final long SIGNATURE = 0x04034b50;
  private static final int LENGTH = 30;
  private static final long DESCRIPTOR_SIGNATURE = 0x08074b50;

  static LocalHeader read(ZipBytes zip, Entry entry) throws IOException, BrokenZip {
    int i = zip.at(entry.offset(), LENGTH);
    byte[] b = zip.window();
    if (u32(b, i) != SIGNATURE) {
      throw new BrokenZip(
          Kind.DISAGREEMENT, entry.quoted() + " has no header at offset " + entry.offset());
    }
    int nameLength = u16(b, i + 26);
    int extraLength = u16(b, i + 28);
    int h = zip.at(entry.offset(), LENGTH + nameLength + extraLength);
    return new LocalHeader(
        new String(b, h + LENGTH, nameLength, StandardCharsets.UTF_8),
        u16(b, h + 6),
        u16(b, h + 8),
        u32(b, h + 14),
        u32(b, h + 18),
        u32(b, h + 22),
        Oddity.ofExtra(b, h + LENGTH + nameLength, extraLength),
        entry.offset() + LENGTH + nameLength + extraLength);
  }

  /// @throws BrokenZip when header and directory disagree
  void check(Entry entry) throws BrokenZip {
    if (!name.equals(entry.name())) {
      throw disagreement(entry, "name", Quoted.of(name), Quoted.of(entry.name()));
    }
    compare(entry, "method", method, entry.method());
    compare(entry, "flags", flags, entry.flags());
    compareUnlessLater(entry, "checksum", crc, entry.crc());
    compareUnlessLater(entry, "compressed size", compressed, entry.compressed());
    compareUnlessLater(entry, "size", size, entry.size());
    if (oddity != Oddity.NONE) {
      throw new BrokenZip(Kind.UNSUPPORTED, entry.quoted() + ": its header " + oddity.rest());
    }
  }

  /// Checks what comes after the data where bit 3 says so (APPNOTE 4.3.9).
  ///
  /// @return the offset behind it
  static long checkDescriptor(ZipBytes zip, Entry entry, long offset)
      throws IOException, BrokenZip {
    int i = zip.at(offset, 12);
    byte[] b = zip.window();
    boolean signed = u32(b, i) == DESCRIPTOR_SIGNATURE;
    int length = signed ? 16 : 12;
    int d = zip.at(offset, length) + length - 12;
    compare(entry, "checksum after the data", u32(b, d), entry.crc());
    compare(entry, "compressed size after the data", u32(b, d + 4), entry.compressed());
    compare(entry, "size after the data", u32(b, d + 8), entry.size());
    return offset + length;
  }

  /// A writer that streams leaves zeros here and writes the values after the data.
  private static void compareUnlessLater(Entry entry, String what, long header, long directory)
      throws BrokenZip {
    if (!entry.hasDescriptor() || header != 0) {
      compare(entry, what, header, directory);
    }
  }

  private static void compare(Entry entry, String what, long header, long directory)
      throws BrokenZip {
    if (header != directory) {
      throw disagreement(entry, what, String.valueOf(header), String.valueOf(directory));
    }
  }

  private static BrokenZip disagreement(Entry entry, String what, String header, String directory) {
    return new BrokenZip(
        Kind.DISAGREEMENT,
        entry.quoted()
            + ": its header has "
            + what
            + " "
            + header
            + " but the directory has "
            + directory);
  }
}
