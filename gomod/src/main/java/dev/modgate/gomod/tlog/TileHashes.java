package dev.modgate.gomod.tlog;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Reads the hashes of a tree from tiles, and gives none away before every tile that was read is
/// proven to belong to the tree.
public final class TileHashes implements HashReader {
  private final TreeHead head;
  private final TileTree tree;
  private final TileSource source;

  /// @param head believed, because somebody has signed it
  public TileHashes(TreeHead head, int height, TileSource source) {
    this.head = head;
    this.tree = new TileTree(height, head.size());
    this.source = source;
  }

  @Override
  public List<TlogHash> read(List<TreeNode> nodes) throws IOException, TlogException {
    SequencedSet<Tile> tiles = tree.tilesOf(nodes);
    Map<Tile, byte[]> read = source.read(tiles);
    var data = new LinkedHashMap<Tile, byte[]>();
    for (Tile tile : tiles) {
      data.put(tile, whole(tile, read.get(tile)));
    }
    checkRoot(data);
    List<Tile> edge = tree.rightEdge();
    for (Tile tile : tiles) {
      if (!edge.contains(tile)) {
        checkAgainstParent(tile, data);
      }
    }
    source.authenticated(data);
    return nodes.stream().map(node -> hash(node, data)).toList();
  }

  /// The first hash of a tile, which proves all of it.
  ///
  /// @throws IllegalArgumentException when the tree does not have it
  public TlogHash readTile(Tile tile) throws IOException, TlogException {
    return read(List.of(TileTree.first(tile))).getFirst();
  }

  private static byte[] whole(Tile tile, byte @Nullable [] data) throws TlogException {
    int length = data == null ? 0 : data.length;
    if (data == null || length != tile.bytes()) {
      throw new TlogException(tile + " has " + length + " bytes, want " + tile.bytes());
    }
    return data;
  }

  /// The nodes under the root are all hashes of the tiles of the right edge, each once.
  private void checkRoot(Map<Tile, byte[]> data) throws TlogException {
    var all = new Records(0, head.size());
    Iterator<TlogHash> hashes = all.nodes().stream().map(node -> hash(node, data)).iterator();
    TlogHash root = head.size() == 0 ? TlogHash.EMPTY_TREE : all.hash(hashes);
    if (!root.equals(head.hash())) {
      throw new TlogException(
          "tiles "
              + tree.rightEdge()
              + " make a tree of "
              + head.size()
              + " records with hash "
              + root
              + ", but signed is "
              + head.hash());
    }
  }

  /// Parents come before their children, so this one's is authentic.
  private void checkAgainstParent(Tile tile, Map<Tile, byte[]> data) throws TlogException {
    TreeNode top = TileTree.top(tile);
    TlogHash made = tile.hash(top, bytes(tile, data));
    TlogHash said = hash(top, data);
    if (!made.equals(said)) {
      throw new TlogException(
          tile + " has hash " + made + ", but " + tree.tileOf(top) + " says " + said);
    }
  }

  private TlogHash hash(TreeNode node, Map<Tile, byte[]> data) {
    Tile tile = tree.tileOf(node);
    return tile.hash(node, bytes(tile, data));
  }

  private static byte[] bytes(Tile tile, Map<Tile, byte[]> data) {
    return Objects.requireNonNull(data.get(tile), "planned and read");
  }
}
