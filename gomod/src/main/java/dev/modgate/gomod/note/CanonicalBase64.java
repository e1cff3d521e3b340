package dev.modgate.gomod.note;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Base64 of which each value has one form: padded, unused last bits zero.
final class CanonicalBase64 {
  private CanonicalBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Null where the text is none.
  static byte @Nullable [] decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
    return encode(bytes).equals(text) ? bytes : null;
  }
}
