package dev.modgate.gomod.tlog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Which tiles a tree of one size has where.
///
/// @param height of its tiles
public record TileTree(int height, long size) {
  public TileTree {
    TreeHead.checkSize(size);
    if (height < 1 || height > 30) {
      throw new IllegalArgumentException("there is no tile of height " + height);
    }
  }

  /// The last tile of each level where that is partial, and of the highest level: what the root is
  /// made of. At most 8 of height 8, and none of an empty tree. In the order of the tree from the
  /// left: highest first.
  public List<Tile> rightEdge() {
    var tiles = new LinkedHashSet<Tile>();
    new Records(0, size).nodes().forEach(node -> tiles.add(tileOf(node)));
    return List.copyOf(tiles);
  }

  /// All tiles that authenticate a record: its own on each level, and the right edge.
  ///
  /// @throws IllegalArgumentException when the tree does not have the record
  public List<Tile> ofRecord(long record) {
    return List.copyOf(tilesOf(List.of(TreeNode.leaf(record))));
  }

  /// A tile at the width that it has in this tree.
  ///
  /// @param tile of the height of these, and of any width
  /// @throws IllegalArgumentException when the tree does not have it
  public Tile here(Tile tile) {
    return tileOf(first(tile));
  }

  /// All tiles that authenticate a tile, and itself at its width here, each behind its parent.
  ///
  /// @throws IllegalArgumentException as [#here] does
  public List<Tile> wayTo(Tile tile) {
    return List.copyOf(tilesOf(List.of(first(tile))));
  }

  static TreeNode first(Tile tile) {
    return new TreeNode(tile.level() * tile.height(), tile.number() << tile.height());
  }

  /// All tiles that authenticate these nodes: the right edge first, then each behind its parent.
  SequencedSet<Tile> tilesOf(List<TreeNode> nodes) {
    var tiles = new LinkedHashSet<>(rightEdge());
    for (TreeNode node : nodes) {
      var missing = new ArrayList<Tile>();
      Tile tile = tileOf(node);
      while (!tiles.contains(tile)) {
        missing.add(tile);
        tile = tileOf(top(tile)); // only full tiles are not on the edge, and those have a parent
      }
      tiles.addAll(missing.reversed());
    }
    return tiles;
  }

  /// The tile that has a node, at its width in this tree.
  ///
  /// @throws IllegalArgumentException when the tree does not have the node
  public Tile tileOf(TreeNode node) {
    if (node.end() > size) {
      throw new IllegalArgumentException(
          "a tree of " + size + " has no node " + node.number() + " of level " + node.level());
    }
    int level = node.level() / height;
    long number = node.number() >> (height - node.level() % height);
    long hashes = (size >> (level * height)) - (number << height);
    return new Tile(height, level, number, (int) Math.min(hashes, 1L << height));
  }

  /// The node above all hashes of a full tile, which is a hash of its parent.
  static TreeNode top(Tile full) {
    return new TreeNode((full.level() + 1) * full.height(), full.number());
  }
}
