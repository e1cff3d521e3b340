package dev.modgate.gomod.zip;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.zip.ZipFault.Kind;
import org.jspecify.annotations.Nullable;

/// One entry of the central directory (APPNOTE 4.3.12).
///
/// @param name decoded as UTF-8; what is no UTF-8 became U+FFFD, which no file name may have
/// @param creator the system whose meaning `attributes` have
/// @param flags general purpose bits
/// @param method 0 is stored, 8 is deflated
/// @param crc CRC-32 of the contents
/// @param compressed size in the zip, bytes
/// @param size of the contents, bytes
/// @param offset of the local header
/// @param oddity what else the directory has for it
record Entry(
    String name,
    int creator,
    int flags,
    int method,
    long crc,
    long compressed,
    long size,
    long attributes,
    long offset,
    Oddity oddity) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  static final int FLAG_ENCRYPTED = 1;
  static final int FLAG_DESCRIPTOR = 1 << 3;
  static final int FLAG_UTF8 = 1 << 11;
  private static final int FLAGS_OF_DEFLATE = 3 << 1;
  private static final int FLAG_STRONG_ENCRYPTION = 1 << 6;
  private static final int FLAG_MASKED_HEADERS = 1 << 13;
  private static final int ANY_ENCRYPTION =
      FLAG_ENCRYPTED | FLAG_STRONG_ENCRYPTION | FLAG_MASKED_HEADERS;
  private static final int KNOWN_FLAGS = FLAG_DESCRIPTOR | FLAG_UTF8 | FLAGS_OF_DEFLATE;
  private static final long IN_ZIP64_FIELD = 0xffff_ffffL;

  private static final int CREATOR_FAT = 0;
  private static final int CREATOR_NTFS = 11;
  private static final int CREATOR_VFAT = 14;
  private static final int UNIX_TYPE = 0xf000;
  private static final int UNIX_REGULAR = 0x8000;
  private static final int UNIX_DIRECTORY = 0x4000;
  private static final int FAT_DIRECTORY = 0x10;

  boolean isDirectory() {
    return name.endsWith("/");
  }

  boolean hasDescriptor() {
    return (flags & FLAG_DESCRIPTOR) != 0;
  }

  /// For the beginning of a sentence.
  String quoted() {
    return "entry " + Quoted.of(name);
  }

  /// A feature that module zips do not have; such an entry's contents are not read.
  @Nullable String unsupported() {
    if ((flags & ANY_ENCRYPTION) != 0) {
      return quoted() + " is encrypted";
    }
    if ((flags & ~KNOWN_FLAGS) != 0) {
      return quoted()
          + String.format(
              " has flags %04x, of which %04x are unknown", flags, flags & ~KNOWN_FLAGS);
    }
    if (method != STORED && method != DEFLATED) {
      return quoted() + " has compression method " + method + ", want 0 (stored) or 8 (deflated)";
    }
    // No file of a module zip is so large, and readers differ about when the field counts.
    if (compressed == IN_ZIP64_FIELD || size == IN_ZIP64_FIELD || offset == IN_ZIP64_FIELD) {
      return quoted() + " " + Oddity.ZIP64.rest();
    }
    return oddity == Oddity.NONE ? null : quoted() + " " + oddity.rest();
  }

  /// Adds a fault when this is neither a regular file nor an empty directory.
  ///
  /// The upper half of the attributes is a Unix mode where Unix wrote the entry; some readers take
  /// it for one whoever wrote it, so here too.
  void checkRegular(FaultList faults) {
    int type = (int) (attributes >> 16) & UNIX_TYPE;
    if (type == 0 && (attributes & FAT_DIRECTORY) != 0 && hasFatAttributes()) {
      type = UNIX_DIRECTORY;
    }
    int expected = isDirectory() ? UNIX_DIRECTORY : UNIX_REGULAR;
    if (type != 0 && type != expected) {
      faults.add(
          Kind.IRREGULAR,
          quoted()
              + " has file type "
              + Integer.toOctalString(type)
              + ", want "
              + Integer.toOctalString(expected)
              + (isDirectory() ? " (directory)" : " (regular file)"));
    }
    if (isDirectory() && size != 0) {
      faults.add(Kind.IRREGULAR, quoted() + " is a directory with " + size + " bytes of contents");
    }
  }

  private boolean hasFatAttributes() {
    return creator == CREATOR_FAT || creator == CREATOR_NTFS || creator == CREATOR_VFAT;
  }
}
