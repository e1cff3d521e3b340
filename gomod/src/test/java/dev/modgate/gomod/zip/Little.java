package dev.modgate.gomod.zip;

import java.io.ByteArrayOutputStream;

/// Writes numbers with their lowest byte first.
final class Little {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Little u16(long value) {
    return put(value, 2);
  }

  Little u32(long value) {
    return put(value, 4);
  }

  Little u64(long value) {
    return put(value, 8);
  }

  Little bytes(byte[]... parts) {
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return this;
  }

  private Little put(long value, int length) {
    for (int i = 0; i < length; i++) {
      out.write((int) (value >> (8 * i)));
    }
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
