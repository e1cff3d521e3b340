package dev.modgate.gomod.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Records from one number to before another that make one subtree of some tree: it begins where a
/// whole tree of twice its size would begin.
record Records(long from, long to) {

  /// The largest nodes that cover them, from the left. There are as many as `to - from` has bits.
  List<TreeNode> nodes() {
    var nodes = new ArrayList<TreeNode>();
    long at = from;
    while (at < to) {
      long size = Long.highestOneBit(to - at);
      int level = Long.numberOfTrailingZeros(size);
      nodes.add(new TreeNode(level, at >> level));
      at += size;
    }
    return nodes;
  }

  /// Their root.
  ///
  /// @param hashes those of [#nodes] next; they are taken
  TlogHash hash(Iterator<TlogHash> hashes) {
    var taken = new ArrayList<TlogHash>();
    for (int i = Long.bitCount(to - from); i > 0; i--) {
      taken.add(hashes.next());
    }
    TlogHash hash = taken.removeLast();
    while (!taken.isEmpty()) {
      hash = TlogHash.node(taken.removeLast(), hash);
    }
    return hash;
  }

  /// Where a subtree of two or more is split: the largest power of two below its size.
  long middle() {
    return from + Long.highestOneBit(to - from - 1);
  }

  Records left() {
    return new Records(from, middle());
  }

  Records right() {
    return new Records(middle(), to);
  }

  /// The roots of several, read at once.
  static List<TlogHash> hashes(List<Records> subtrees, HashReader reader)
      throws IOException, TlogException {
    List<TreeNode> nodes = subtrees.stream().flatMap(s -> s.nodes().stream()).toList();
    if (nodes.isEmpty()) {
      return List.of();
    }
    Iterator<TlogHash> read = reader.read(nodes).iterator();
    return subtrees.stream().map(s -> s.hash(read)).toList();
  }
}
