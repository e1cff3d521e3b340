package dev.modgate.gomod.dirhash;

import dev.modgate.gomod.quote.Quoted;
import java.util.Base64;

/// An `h1:` hash as go.sum holds it: `h1:` and the base64 of 32 bytes.
///
/// Source: `golang.org/x/mod/sumdb/dirhash.Hash1`
///
/// @param value the whole text, prefix included
public record H1(String value) {
  private static final String PREFIX = "h1:";

  /// @throws IllegalArgumentException when the text is no h1 hash
  public H1 {
    if (!value.startsWith(PREFIX)) {
      throw new IllegalArgumentException("hash " + Quoted.of(value) + " does not begin with h1:");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(value.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "hash " + Quoted.of(value) + " is not base64 after h1:", e);
    }
    if (bytes.length != 32 || value.length() != PREFIX.length() + 44) {
      throw new IllegalArgumentException(
          "hash " + Quoted.of(value) + " holds " + bytes.length + " bytes, a SHA-256 has 32");
    }
  }

  /// @param sha256 32 bytes
  public static H1 of(byte[] sha256) {
    return new H1(PREFIX + Base64.getEncoder().encodeToString(sha256));
  }

  @Override
  public String toString() {
    return value;
  }
}
