package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.ZipBytes.u16;

/// What a header can hold beside its fixed fields that module zips do not have, and about whose
/// meaning readers differ.
enum Oddity {
  NONE(0, ""),
  /// Fields for what does not fit into 32 bits; nothing in a module zip is so large, and some
  /// readers use them where the fixed field is not all ones.
  ZIP64(1, "has its sizes or its place in a ZIP64 field"),
  /// APPNOTE 4.6.9: a name that counts instead of the other one.
  SECOND_NAME(2, "has a second name in a Unicode path field"),
  /// One reader stops there, another one skips some bytes and finds a field.
  BROKEN_EXTRA(3, "has extra fields that end beyond their length"),
  OTHER_PART(4, "is in another part of a zip in several parts");

  private static final int ZIP64_FIELD = 0x0001;
  private static final int UNICODE_PATH_FIELD = 0x7075;
  private static final Oddity[] ALL = values();

  private final byte code;
  private final String rest;

  Oddity(int code, String rest) {
    this.code = (byte) code;
    this.rest = rest;
  }

  /// For a sentence whose subject is the entry.
  String rest() {
    return rest;
  }

  byte code() {
    return code;
  }

  static Oddity of(byte code) {
    for (Oddity oddity : ALL) {
      if (oddity.code == code) {
        return oddity;
      }
    }
    throw new IllegalArgumentException("no oddity has code " + code);
  }

  /// The first one in the extra fields of a header (APPNOTE 4.5).
  static Oddity ofExtra(byte[] b, int from, int length) {
    int i = from;
    int to = from + length;
    while (i < to) {
      if (i + 4 > to || i + 4 + u16(b, i + 2) > to) {
        return BROKEN_EXTRA;
      }
      int tag = u16(b, i);
      if (tag == ZIP64_FIELD) {
        return ZIP64;
      }
      if (tag == UNICODE_PATH_FIELD) {
        return SECOND_NAME;
      }
      i += 4 + u16(b, i + 2);
    }
    return NONE;
  }
}
