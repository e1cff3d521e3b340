package dev.modgate.gomod.dirhash;

import dev.modgate.gomod.quote.Quoted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;

/// The h1 of a set of files, from the hash of each.
public final class TreeHash {
  private static final byte[] TWO_SPACES = {' ', ' '};

  private TreeHash() {}

  /// One file of the tree.
  public static final class Leaf {
    private final byte[] name;
    private final byte[] sha256;

    /// @param name path as it stands in a zip: `/` between elements, prefix included
    /// @param sha256 32 bytes, of the contents; not copied
    /// @throws IllegalArgumentException when the name has a line feed: two trees could share a hash
    public Leaf(String name, byte[] sha256) {
      if (name.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("file name " + Quoted.of(name) + " has a line feed");
      }
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.sha256 = sha256;
    }
  }

  /// The order of the leaves does not matter.
  public static H1 of(Collection<Leaf> leaves) {
    Leaf[] sorted = leaves.toArray(Leaf[]::new);
    Arrays.sort(sorted, (a, b) -> Arrays.compareUnsigned(a.name, b.name));
    MessageDigest digest = Sha256Digest.start();
    for (Leaf leaf : sorted) {
      digest.update(HexFormat.of().formatHex(leaf.sha256).getBytes(StandardCharsets.US_ASCII));
      digest.update(TWO_SPACES);
      digest.update(leaf.name);
      digest.update((byte) '\n');
    }
    return H1.of(digest.digest());
  }
}
