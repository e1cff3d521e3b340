package dev.modgate.gomod.tlog;

import dev.modgate.gomod.quote.Quoted;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A SHA-256 in a log: of a record or of two such hashes. Four numbers instead of an array, so that
/// equal hashes are equal records.
///
/// @param a bytes 0 to 7, big-endian, and so on
public record TlogHash(long a, long b, long c, long d) {
  public static final int BYTES = 32;

  /// The root of a tree of no records.
  public static final TlogHash EMPTY_TREE = at(sha256().digest(), 0);

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /// Of a record.
  public static TlogHash leaf(byte[] record) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return at(digest.digest(record), 0);
  }

  /// Of two neighbours of one level.
  public static TlogHash node(TlogHash left, TlogHash right) {
    byte[] both = new byte[1 + 2 * BYTES];
    both[0] = NODE;
    left.put(both, 1);
    right.put(both, 1 + BYTES);
    return at(sha256().digest(both), 0);
  }

  /// The 32 bytes from an offset on.
  public static TlogHash at(byte[] bytes, int offset) {
    ByteBuffer from = ByteBuffer.wrap(bytes, offset, BYTES);
    return new TlogHash(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }

  /// @param base64 44 characters
  /// @throws IllegalArgumentException naming the text and what is wrong with it
  public static TlogHash parse(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("hash " + Quoted.of(base64) + " is not base64", e);
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "hash " + Quoted.of(base64) + " holds " + bytes.length + " bytes, want " + BYTES);
    }
    TlogHash hash = at(bytes, 0);
    if (!hash.toString().equals(base64)) {
      throw new IllegalArgumentException("hash " + Quoted.of(base64) + " is not canonical base64");
    }
    return hash;
  }

  public void put(byte[] to, int offset) {
    ByteBuffer.wrap(to, offset, BYTES).putLong(a).putLong(b).putLong(c).putLong(d);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /// Base64, as [#parse] reads it.
  @Override
  public String toString() {
    byte[] bytes = new byte[BYTES];
    put(bytes, 0);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
