package dev.modgate.gomod.epoch;

import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.Misbehaviour;
import dev.modgate.gomod.sumdb.SignedHead;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.tlog.HashReader;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TileHashes;
import dev.modgate.gomod.tlog.TileSource;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.gomod.tlog.TreeNode;
import dev.modgate.gomod.tlog.TreeProof;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// The tree of an epoch: tells which of its tiles have to lie inside, and proves them on the way.
/// The package has the algorithm. For use by one thread at a time.
public final class EpochTree {
  private final SignedHead epoch;
  private final TileSource source;

  /// @param epoch believed, because its note was opened with the pinned key
  /// @param source of tiles, true or not
  public EpochTree(SignedHead epoch, TileSource source) {
    this.epoch = epoch;
    this.source = source;
  }

  /// What has to lie inside before this epoch may be listed.
  ///
  /// @param before the epoch before it, not larger; empty where this is the first
  /// @return authentic tiles
  /// @throws IOException when a tile can't be had now
  /// @throws TlogException when the source gave what is not of this tree
  /// @throws SumDbException when the one before is of another history: a fork
  public Map<Tile, byte[]> join(Optional<SignedHead> before)
      throws IOException, TlogException, SumDbException {
    var used = new Used(source);
    HashReader hashes = reader(used);
    var _ = hashes.read(List.of()); // the right edge, which makes the signed root
    if (before.isPresent()) {
      requireBeginning(before.get(), hashes);
    }
    return used.tiles;
  }

  private void requireBeginning(SignedHead before, HashReader hashes)
      throws IOException, TlogException, SumDbException {
    long size = before.head().size();
    TlogHash hash = TreeHead.of(size, hashes).hash();
    if (!hash.equals(before.head().hash())) {
      TreeProof proof =
          size == 0
              ? new TreeProof(List.of())
              : TreeProof.make(epoch.head().size(), size, reader(source));
      throw new SumDbException(new Misbehaviour.Fork(before, epoch, hash, proof));
    }
  }

  /// What has to lie inside before a record may be looked up in this epoch.
  ///
  /// @return authentic tiles
  /// @throws IOException when a tile can't be had now
  /// @throws TlogException when the source gave what is not of this tree
  /// @throws SumDbException when the tree does not have just this record
  public Map<Tile, byte[]> record(LookupReply reply)
      throws IOException, TlogException, SumDbException {
    if (reply.id() >= epoch.head().size()) {
      throw SumDbException.forged("a " + epoch.head() + " has no record " + reply.id());
    }
    var used = new Used(source);
    TlogHash leaf = reader(used).read(List.of(new TreeNode(0, reply.id()))).getFirst();
    if (!leaf.equals(TlogHash.leaf(reply.recordBytes()))) {
      throw SumDbException.forged("record " + reply.id() + " of a " + epoch.head() + " is another");
    }
    return used.tiles;
  }

  /// A tile as this tree has it, at its width here, and those that prove it.
  ///
  /// @param tile of any width; of a wider tree or a narrower one, it begins with the same hashes
  /// @return authentic tiles
  /// @throws IllegalArgumentException when the tree does not have it
  /// @throws IOException when a tile can't be had now
  /// @throws TlogException when the source gave what is not of this tree
  public Map<Tile, byte[]> tile(Tile tile) throws IOException, TlogException {
    var used = new Used(source);
    var _ = reader(used).readTile(tile);
    return used.tiles;
  }

  private TileHashes reader(TileSource tiles) {
    return new TileHashes(epoch.head(), Tile.SUMDB_HEIGHT, tiles);
  }

  /// Remembers what was read and turned out to be true.
  private static final class Used implements TileSource {
    private final TileSource source;
    private final Map<Tile, byte[]> tiles = new LinkedHashMap<>();

    Used(TileSource source) {
      this.source = source;
    }

    @Override
    public Map<Tile, byte[]> read(SequencedSet<Tile> wanted) throws IOException, TlogException {
      return source.read(wanted);
    }

    @Override
    public void authenticated(Map<Tile, byte[]> authentic) throws IOException {
      tiles.putAll(authentic);
      source.authenticated(authentic);
    }
  }
}
