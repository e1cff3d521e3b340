package dev.modgate.pipeline.store;

import dev.modgate.gomod.quote.Quoted;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 over bytes as they lie in a store.
///
/// @param hex 64 lower-case hexadecimal digits
public record Sha256(String hex) {

  /// @throws IllegalArgumentException when the text is no lower-case SHA-256
  public Sha256 {
    if (hex.length() != 64 || !hex.chars().allMatch(Sha256::isLowerHex)) {
      throw new IllegalArgumentException(
          Quoted.of(hex) + " is not a SHA-256: want 64 lower-case hexadecimal digits");
    }
  }

  public static Sha256 of(byte[] bytes) {
    return from(newDigest().digest(bytes));
  }

  /// @param digest the 32 bytes that a finished digest gave
  public static Sha256 from(byte[] digest) {
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  @Override
  public String toString() {
    return hex;
  }
}
