package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.ZipBytes.u16;
import static dev.modgate.gomod.zip.ZipBytes.u32;
import static dev.modgate.gomod.zip.ZipBytes.u64;

import dev.modgate.gomod.zip.ZipFault.Kind;
import java.io.IOException;

/// Where the central directory is: the record at the end of a zip (APPNOTE 4.3.14 to 4.3.16).
///
/// Stricter than most readers, so that no two of them find different directories: the directory
/// ends where this record begins, and the record, with its comment, ends the file.
///
/// A ZIP64 end record is read where the short one asks for it with a count of 65,535, as Go writes
/// one from there on. One that nothing asks for is refused, and so is a short record that
/// contradicts it: readers differ about which one counts (Go also looks for one when the directory
/// has 65,535 *bytes*).
///
/// @param entries how many the directory has
/// @param offset of the directory
/// @param size of the directory, in bytes
record EndRecord(long entries, long offset, long size) {
  private static final long SIGNATURE = 0x06054b50;
  private static final int LENGTH = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int MAX_16 = 0xffff;
  private static final long MAX_32 = 0xffff_ffffL;
  private static final long LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final long RECORD64_SIGNATURE = 0x06064b50;
  private static final int RECORD64_LENGTH = 56;

  static EndRecord find(ZipBytes zip) throws IOException, BrokenZip {
    int tail = (int) Math.min(zip.size(), LENGTH + MAX_COMMENT);
    long tailStart = zip.size() - tail;
    int base = zip.at(tailStart, tail);
    byte[] b = zip.window();
    for (int i = base + tail - LENGTH; i >= base; i--) {
      if (u32(b, i) == SIGNATURE) {
        return read(zip, tailStart + (i - base));
      }
    }
    throw new BrokenZip(
        Kind.NOT_A_ZIP, "no end record in the last " + tail + " of " + zip.size() + " bytes");
  }

  private static EndRecord read(ZipBytes zip, long position) throws IOException, BrokenZip {
    int i = zip.at(position, LENGTH);
    byte[] b = zip.window();
    int comment = u16(b, i + 20);
    if (position + LENGTH + comment != zip.size()) {
      throw new BrokenZip(
          Kind.NOT_A_ZIP,
          "end record at offset "
              + position
              + " says the zip has "
              + (position + LENGTH + comment)
              + " bytes, it has "
              + zip.size());
    }
    if (u16(b, i + 4) != 0 || u16(b, i + 6) != 0 || u16(b, i + 8) != u16(b, i + 10)) {
      throw severalParts();
    }
    var record = new EndRecord(u16(b, i + 10), u32(b, i + 16), u32(b, i + 12));
    return hasLocator(zip, position)
        ? readZip64(zip, position - LOCATOR_LENGTH, record)
        : record.endingAt(position);
  }

  private static boolean hasLocator(ZipBytes zip, long end) throws IOException, BrokenZip {
    long locator = end - LOCATOR_LENGTH;
    return locator >= 0 && u32Of(zip, locator) == LOCATOR_SIGNATURE;
  }

  private static long u32Of(ZipBytes zip, long position) throws IOException, BrokenZip {
    int i = zip.at(position, 4);
    return u32(zip.window(), i);
  }

  private static EndRecord readZip64(ZipBytes zip, long locator, EndRecord shortOne)
      throws IOException, BrokenZip {
    int i = zip.at(locator, LOCATOR_LENGTH);
    byte[] b = zip.window();
    if (u32(b, i + 4) != 0 || u32(b, i + 16) != 1) {
      throw severalParts();
    }
    long position = u64(b, i + 8);
    if (position != locator - RECORD64_LENGTH) {
      throw new BrokenZip(
          Kind.NOT_A_ZIP,
          "ZIP64 end record should be at offset "
              + (locator - RECORD64_LENGTH)
              + ", the locator says "
              + Long.toUnsignedString(position));
    }
    int r = zip.at(position, RECORD64_LENGTH);
    if (u32(b, r) != RECORD64_SIGNATURE || u64(b, r + 4) != RECORD64_LENGTH - 12) {
      throw new BrokenZip(Kind.NOT_A_ZIP, "no ZIP64 end record at offset " + position);
    }
    if (u64(b, r + 24) != u64(b, r + 32) || u32(b, r + 16) != 0 || u32(b, r + 20) != 0) {
      throw severalParts();
    }
    var record = new EndRecord(u64(b, r + 32), u64(b, r + 48), u64(b, r + 40));
    shortOne.checkAgainst(record);
    return record.endingAt(position);
  }

  /// Only for the short record.
  private void checkAgainst(EndRecord zip64) throws BrokenZip {
    if (entries != MAX_16) {
      throw new BrokenZip(
          Kind.DISAGREEMENT,
          "end record has "
              + entries
              + " entries, but the ZIP64 end record before it needs "
              + MAX_16
              + " there");
    }
    boolean agrees =
        (size == MAX_32 || size == zip64.size) && (offset == MAX_32 || offset == zip64.offset);
    if (!agrees) {
      throw new BrokenZip(
          Kind.DISAGREEMENT,
          "end record has " + this + " but the ZIP64 end record before it has " + zip64);
    }
  }

  private static BrokenZip severalParts() {
    return new BrokenZip(Kind.UNSUPPORTED, "zip is one of several parts");
  }

  /// @param position where the directory must end, and no byte earlier
  private EndRecord endingAt(long position) throws BrokenZip {
    if (entries < 0 || offset < 0 || size < 0 || offset > position || size != position - offset) {
      throw new BrokenZip(
          Kind.NOT_A_ZIP,
          "directory of "
              + Long.toUnsignedString(size)
              + " bytes at offset "
              + Long.toUnsignedString(offset)
              + " should end at "
              + position);
    }
    return this;
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(entries)
        + " entries in "
        + Long.toUnsignedString(size)
        + " bytes at offset "
        + Long.toUnsignedString(offset);
  }
}
