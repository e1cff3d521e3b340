package dev.modgate.gomod.dirhash;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;

/// The hash of a go.mod, as the `/go.mod` lines of a go.sum hold it: the h1 of a tree whose only
/// file is named `go.mod`.
public final class GoModHash {
  private static final int BUFFER_BYTES = 16 << 10;

  private GoModHash() {}

  public static H1 of(byte[] goMod) {
    return ofDigest(Sha256Digest.start().digest(goMod));
  }

  /// Reads to the end; does not close the stream. The caller bounds its length.
  public static H1 of(InputStream goMod) throws IOException {
    MessageDigest digest = Sha256Digest.start();
    var buffer = new byte[BUFFER_BYTES];
    for (int n = goMod.read(buffer); n >= 0; n = goMod.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return ofDigest(digest.digest());
  }

  private static H1 ofDigest(byte[] sha256) {
    return TreeHash.of(List.of(new TreeHash.Leaf("go.mod", sha256)));
  }
}
