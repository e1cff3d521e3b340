package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.ZipBytes.u16;
import static dev.modgate.gomod.zip.ZipBytes.u32;

import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;

/// Reads the list of entries, which is the truth about a zip.
///
/// Twice: once to learn how much there is to hold, once to hold it in no more than that.
final class CentralDirectory {
  static final int HEADER_LENGTH = 46;
  private static final long SIGNATURE = 0x02014b50;

  private final ZipBytes zip;
  private final EndRecord end;

  /// Takes one header, whole, with all that follows it.
  private interface Taker {
    void take(byte[] window, int header);
  }

  private CentralDirectory(ZipBytes zip, EndRecord end) {
    this.zip = zip;
    this.end = end;
  }

  /// @throws BrokenZip when the directory is over a limit or cannot be read to its end
  static Entries read(ZipBytes zip, EndRecord end, String prefix, ZipLimits limits)
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
    if (end.entries() > limits.entries()) {
      throw new BrokenZip(
          Kind.TOO_LARGE,
          "zip has " + end.entries() + " entries, at most " + limits.entries() + " are allowed");
    }
    var directory = new CentralDirectory(zip, end);
    var names = new NameLengths(prefix);
    directory.walk(names::count);
    var entries = new Entries(prefix, (int) end.entries(), names.total());
    directory.walk((b, h) -> entries.add(b, h, oddity(b, h)));
    return entries;
  }

  private void walk(Taker taker) throws IOException, BrokenZip {
    long position = end.offset();
    long stop = end.offset() + end.size();
    for (int number = 1; number <= end.entries(); number++) {
      position = readOne(position, stop, number, taker);
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
  }

  private long readOne(long position, long stop, int number, Taker taker)
      throws IOException, BrokenZip {
    if (position + HEADER_LENGTH > stop) {
      throw truncated(number, stop);
    }
    int i = zip.at(position, HEADER_LENGTH);
    byte[] b = zip.window();
    if (u32(b, i) != SIGNATURE) {
      throw new BrokenZip(
          Kind.NOT_A_ZIP,
          "no entry at offset " + position + ", where number " + number + " should be");
    }
    int length = HEADER_LENGTH + u16(b, i + 28) + u16(b, i + 30) + u16(b, i + 32);
    if (position + length > stop) {
      throw truncated(number, stop);
    }
    taker.take(b, zip.at(position, length));
    return position + length;
  }

  private static Oddity oddity(byte[] b, int header) {
    if (u16(b, header + 34) != 0) {
      return Oddity.OTHER_PART;
    }
    return Oddity.ofExtra(b, header + HEADER_LENGTH + u16(b, header + 28), u16(b, header + 30));
  }

  private static BrokenZip truncated(int number, long stop) {
    return new BrokenZip(
        Kind.NOT_A_ZIP, "entry number " + number + " goes beyond the directory's end at " + stop);
  }
}
