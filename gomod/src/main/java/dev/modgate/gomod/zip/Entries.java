package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.ZipBytes.u16;
import static dev.modgate.gomod.zip.ZipBytes.u32;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.dirhash.TreeHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The entries of a zip, by their number in its directory, in little memory: a zip of 50 MB has
/// room for 240,000, and several are read at once.
///
/// An entry takes its name without the common prefix, 4 bytes, and a slot of [#SLOT_BYTES]. In the
/// slot stands what the directory says, until the contents were read; then their SHA-256.
final class Entries {
  static final int SLOT_BYTES = 32;

  // of a slot that holds what the directory says
  private static final int FLAGS = 0;
  private static final int METHOD = 2;
  private static final int CRC = 4;
  private static final int COMPRESSED = 8;
  private static final int SIZE = 12;
  private static final int ATTRIBUTES = 16;
  private static final int OFFSET = 20;
  private static final int CREATOR = 24;
  private static final int ODDITY = 25;
  private static final int HAS_PREFIX = 26;

  private final byte[] prefix;
  private final byte[] names;
  private final int[] nameEnds;
  private final byte[] slots;
  private int count;

  /// @param nameBytes of all names together, where they have the prefix without it
  Entries(String prefix, int entries, int nameBytes) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.names = new byte[nameBytes];
    this.nameEnds = new int[entries];
    this.slots = new byte[SLOT_BYTES * entries];
  }

  /// @param h where a header of the directory begins
  void add(byte[] b, int h, Oddity oddity) {
    int skipped = NameLengths.skipped(prefix, b, h);
    int length = u16(b, h + 28) - skipped;
    int start = nameStart(count);
    System.arraycopy(b, h + CentralDirectory.HEADER_LENGTH + skipped, names, start, length);
    nameEnds[count] = start + length;
    int slot = SLOT_BYTES * count;
    System.arraycopy(b, h + 8, slots, slot + FLAGS, 4);
    System.arraycopy(b, h + 16, slots, slot + CRC, 12);
    System.arraycopy(b, h + 38, slots, slot + ATTRIBUTES, 8);
    slots[slot + CREATOR] = b[h + 5];
    slots[slot + ODDITY] = oddity.code();
    slots[slot + HAS_PREFIX] = (byte) (skipped > 0 ? 1 : 0);
    count++;
  }

  int count() {
    return count;
  }

  /// What the directory says of an entry whose contents were not read yet.
  Entry get(int number) {
    int slot = SLOT_BYTES * number;
    String name = name(number);
    return new Entry(
        slots[slot + HAS_PREFIX] == 1 ? new String(prefix, StandardCharsets.UTF_8) + name : name,
        slots[slot + CREATOR] & 0xff,
        u16(slots, slot + FLAGS),
        u16(slots, slot + METHOD),
        u32(slots, slot + CRC),
        u32(slots, slot + COMPRESSED),
        u32(slots, slot + SIZE),
        u32(slots, slot + ATTRIBUTES),
        offset(number),
        Oddity.of(slots[slot + ODDITY]));
  }

  /// Of the local header; only before the contents were read.
  long offset(int number) {
    return u32(slots, SLOT_BYTES * number + OFFSET);
  }

  /// Without the prefix, where it has it.
  String name(int number) {
    int start = nameStart(number);
    return new String(names, start, nameEnds[number] - start, StandardCharsets.UTF_8);
  }

  /// The bytes of all names, as [#nameStart] and [#nameEnd] part them.
  byte[] names() {
    return names;
  }

  int nameStart(int number) {
    return number == 0 ? 0 : nameEnds[number - 1];
  }

  int nameEnd(int number) {
    return nameEnds[number];
  }

  /// Keeps the hash of the contents in place of what the directory says.
  void digest(int number, byte[] sha256) {
    System.arraycopy(sha256, 0, slots, SLOT_BYTES * number, SLOT_BYTES);
  }

  /// The h1, when every entry has the prefix and a digest.
  H1 treeHash() {
    var hash = new TreeHash(prefix);
    for (int number : EntryOrder.of(count, this::compareNames)) {
      int start = nameStart(number);
      hash.add(names, start, nameEnds[number] - start, slots, SLOT_BYTES * number);
    }
    return hash.h1();
  }

  private int compareNames(int a, int b) {
    return Arrays.compareUnsigned(
        names, nameStart(a), nameEnds[a], names, nameStart(b), nameEnds[b]);
  }
}
