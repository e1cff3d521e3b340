package dev.modgate.gomod.tlog;

import java.util.ArrayList;
import java.util.List;

/// A log whose hashes are all in memory: for small logs, and for tests. Not for use by several
/// threads while it grows.
public final class MemoryLog implements HashReader {
  private final List<TlogHash> stored;
  private long size;

  public MemoryLog() {
    this.stored = new ArrayList<>();
  }

  private MemoryLog(MemoryLog other) {
    this.stored = new ArrayList<>(other.stored);
    this.size = other.size;
  }

  /// Another log with the same beginning.
  public MemoryLog copy() {
    return new MemoryLog(this);
  }

  /// Returns the number of the record.
  public long append(byte[] record) {
    TlogHash hash = TlogHash.leaf(record);
    stored.add(hash);
    long number = size;
    for (int level = 0; (number >> level & 1) == 1; level++) {
      hash = TlogHash.node(hash(new TreeNode(level, (number >> level) - 1)), hash);
      stored.add(hash);
    }
    size++;
    return number;
  }

  public long size() {
    return size;
  }

  /// The head that it had when it had so many records.
  public TreeHead head(long size) {
    if (size == 0) {
      return new TreeHead(0, TlogHash.EMPTY_TREE);
    }
    var all = new Records(0, size);
    return new TreeHead(size, all.hash(read(all.nodes()).iterator()));
  }

  @Override
  public List<TlogHash> read(List<TreeNode> nodes) {
    return nodes.stream().map(this::hash).toList();
  }

  /// The bytes of a tile of hashes.
  ///
  /// @throws IllegalArgumentException when it does not have so many hashes yet
  public byte[] tile(Tile tile) {
    byte[] data = new byte[tile.bytes()];
    for (int i = 0; i < tile.width(); i++) {
      long number = (tile.number() << tile.height()) + i;
      hash(new TreeNode(tile.level() * tile.height(), number)).put(data, i * TlogHash.BYTES);
    }
    return data;
  }

  private TlogHash hash(TreeNode node) {
    if (node.end() > size) {
      throw new IllegalArgumentException(
          "a log of " + size + " has no node " + node.number() + " of level " + node.level());
    }
    return stored.get((int) node.storedIndex());
  }
}
