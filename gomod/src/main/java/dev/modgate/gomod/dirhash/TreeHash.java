package dev.modgate.gomod.dirhash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The h1 of a set of files that come in the order of the bytes of their names, one at a time.
public final class TreeHash {
  private static final int SHA256_BYTES = 32;
  private static final byte[] TWO_SPACES = {' ', ' '};

  private final MessageDigest digest = Sha256Digest.start();
  private final byte[] prefix;

  /// @param prefix of all names; not copied
  public TreeHash(byte[] prefix) {
    this.prefix = prefix;
  }

  /// @param names where the name stands behind the prefix, in UTF-8 and without a line feed: two
  ///   trees could share a hash
  /// @param digests where the SHA-256 of the contents stands
  public void add(byte[] names, int from, int length, byte[] digests, int at) {
    String hex = HexFormat.of().formatHex(digests, at, at + SHA256_BYTES);
    digest.update(hex.getBytes(StandardCharsets.US_ASCII));
    digest.update(TWO_SPACES);
    digest.update(prefix);
    digest.update(names, from, length);
    digest.update((byte) '\n');
  }

  /// Of all that was added, once.
  public H1 h1() {
    return H1.of(digest.digest());
  }
}
