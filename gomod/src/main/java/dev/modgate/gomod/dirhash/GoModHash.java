package dev.modgate.gomod.dirhash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The hash of a go.mod, as the `/go.mod` lines of a go.sum hold it: the h1 of a tree whose only
/// file is named `go.mod`.
public final class GoModHash {
  private static final int BUFFER_BYTES = 16 << 10;
  private static final byte[] NAME = "go.mod".getBytes(StandardCharsets.US_ASCII);

  private GoModHash() {}

  public static H1 of(byte[] goMod) {
    return ofContents(Sha256Digest.start().digest(goMod));
  }

  /// Reads to the end; does not close the stream. The caller bounds its length.
  public static H1 of(InputStream goMod) throws IOException {
    MessageDigest digest = Sha256Digest.start();
    var buffer = new byte[BUFFER_BYTES];
    for (int n = goMod.read(buffer); n >= 0; n = goMod.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return ofContents(digest.digest());
  }

  /// @param sha256 of the go.mod, 32 bytes
  public static H1 ofContents(byte[] sha256) {
    var tree = new TreeHash(new byte[0]);
    tree.add(NAME, 0, NAME.length, sha256, 0);
    return tree.h1();
  }
}
