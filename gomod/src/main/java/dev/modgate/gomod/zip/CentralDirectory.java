package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.ZipBytes.u16;
import static dev.modgate.gomod.zip.ZipBytes.u32;

import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the list of entries, which is the truth about a zip.
final class CentralDirectory {
  private static final long SIGNATURE = 0x02014b50;
  private static final int HEADER_LENGTH = 46;
  private static final int EXTRA_UNICODE_PATH = 0x7075;

  private CentralDirectory() {}

  /// @throws BrokenZip when the directory is over a limit or cannot be read to its end
  static List<Entry> read(ZipBytes zip, EndRecord end, ZipLimits limits)
      throws IOException, BrokenZip {
    if (end.size() > limits.directoryBytes()) {
      throw new BrokenZip(
          Kind.TOO_LARGE,
          "directory has "
              + end.size()
              + " bytes, at most "
              + limits.directoryBytes()
              + " are allowed");
    }
    if (end.entries() > limits.names()) {
      throw new BrokenZip(
          Kind.TOO_LARGE,
          "zip has " + end.entries() + " entries, at most " + limits.names() + " are allowed");
    }
    long position = end.offset();
    long stop = end.offset() + end.size();
    var entries = new ArrayList<Entry>();
    for (int number = 1; number <= end.entries(); number++) {
      position = readOne(zip, position, stop, number, entries);
    }
    if (position != stop) {
      throw new BrokenZip(
          Kind.NOT_A_ZIP,
          "the "
              + end.entries()
              + " entries end at offset "
              + position
              + " but the directory ends at "
              + stop);
    }
    return entries;
  }

  private static long readOne(
      ZipBytes zip, long position, long stop, int number, List<Entry> entries)
      throws IOException, BrokenZip {
    if (position + HEADER_LENGTH > stop) {
      throw truncated(number, stop);
    }
    int i = zip.at(position, HEADER_LENGTH);
    if (u32(zip.window(), i) != SIGNATURE) {
      throw new BrokenZip(
          Kind.NOT_A_ZIP,
          "no entry at offset " + position + ", where number " + number + " should be");
    }
    int nameLength = u16(zip.window(), i + 28);
    int extraLength = u16(zip.window(), i + 30);
    int length = HEADER_LENGTH + nameLength + extraLength + u16(zip.window(), i + 32);
    if (position + length > stop) {
      throw truncated(number, stop);
    }
    int h = zip.at(position, length);
    byte[] b = zip.window();
    int extra = h + HEADER_LENGTH + nameLength;
    entries.add(
        new Entry(
            new String(b, h + HEADER_LENGTH, nameLength, StandardCharsets.UTF_8),
            u16(b, h + 4) >> 8,
            u16(b, h + 8),
            u16(b, h + 10),
            u32(b, h + 16),
            u32(b, h + 20),
            u32(b, h + 24),
            u32(b, h + 38),
            u32(b, h + 42),
            hasExtra(b, extra, extra + extraLength, EXTRA_UNICODE_PATH)));
    return position + length;
  }

  private static boolean hasExtra(byte[] b, int from, int to, int wanted) {
    int i = from;
    while (i + 4 <= to) {
      if (u16(b, i) == wanted) {
        return true;
      }
      i += 4 + u16(b, i + 2);
    }
    return false;
  }

  private static BrokenZip truncated(int number, long stop) {
    return new BrokenZip(
        Kind.NOT_A_ZIP, "entry number " + number + " goes beyond the directory's end at " + stop);
  }
}
