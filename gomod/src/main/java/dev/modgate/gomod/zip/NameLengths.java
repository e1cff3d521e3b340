package dev.modgate.gomod.zip;

import static dev.modgate.gomod.zip.ZipBytes.u16;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How many bytes [Entries] holds of the names in a directory: what comes behind the prefix that
/// all of them should have.
final class NameLengths {
  private final byte[] prefix;
  private int total; // a directory's size is an int

  NameLengths(String prefix) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
  }

  void count(byte[] b, int header) {
    total += u16(b, header + 28) - skipped(prefix, b, header);
  }

  int total() {
    return total;
  }

  /// @return how many bytes at the beginning of a header's name need not be held
  static int skipped(byte[] prefix, byte[] b, int header) {
    int name = header + CentralDirectory.HEADER_LENGTH;
    int end = name + prefix.length;
    boolean starts =
        u16(b, header + 28) >= prefix.length
            && Arrays.equals(b, name, end, prefix, 0, prefix.length);
    return starts ? prefix.length : 0;
  }
}
