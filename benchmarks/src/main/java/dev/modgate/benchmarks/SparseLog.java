package dev.modgate.benchmarks;

import dev.modgate.gomod.tlog.HashReader;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TlogException;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.gomod.tlog.TreeHead;
import dev.modgate.gomod.tlog.TreeNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A log as large as the public one, in little memory: all records are alike, but for some.
final class SparseLog implements HashReader {
  private static final int LEVELS = 40;

  private final TlogHash[] alike = new TlogHash[LEVELS];
  private final Map<TreeNode, TlogHash> others = new HashMap<>();

  SparseLog() {
    alike[0] = TlogHash.leaf("somebody's module\n".getBytes(StandardCharsets.UTF_8));
    for (int level = 1; level < LEVELS; level++) {
      alike[level] = TlogHash.node(alike[level - 1], alike[level - 1]);
    }
  }

  /// Before anything is read.
  void set(long number, byte[] bytes) {
    var node = new TreeNode(0, number);
    others.put(node, TlogHash.leaf(bytes));
    while (node.level() + 1 < LEVELS) {
      node = new TreeNode(node.level() + 1, node.number() >> 1);
      var left = new TreeNode(node.level() - 1, node.number() * 2);
      var right = new TreeNode(node.level() - 1, node.number() * 2 + 1);
      others.put(node, TlogHash.node(hash(left), hash(right)));
    }
  }

  TreeHead head(long size) throws IOException, TlogException {
    return TreeHead.of(size, this);
  }

  byte[] tile(Tile tile) {
    byte[] bytes = new byte[tile.bytes()];
    for (int i = 0; i < tile.width(); i++) {
      long number = (tile.number() << tile.height()) + i;
      hash(new TreeNode(tile.level() * tile.height(), number)).put(bytes, i * TlogHash.BYTES);
    }
    return bytes;
  }

  @Override
  public List<TlogHash> read(List<TreeNode> nodes) {
    return nodes.stream().map(this::hash).toList();
  }

  private TlogHash hash(TreeNode node) {
    return others.getOrDefault(node, alike[node.level()]);
  }
}
