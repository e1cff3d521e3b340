package dev.modgate.gomod.tlog;

/// A place in a tree: it stands for the records from `number << level` to before `(number + 1) <<
/// level`.
///
/// @param level 0 for records
/// @param number from 0, from the left
public record TreeNode(int level, long number) {
  /// @throws IllegalArgumentException when no tree has such a node
  public TreeNode {
    if (level < 0
        || number < 0
        || level > TreeHead.MAX_LEVEL
        || number >= TreeHead.MAX_SIZE >> level) {
      throw new IllegalArgumentException(
          "no tree has node number " + number + " of level " + level);
    }
  }

  static TreeNode leaf(long record) {
    return new TreeNode(0, record);
  }

  /// Number of the record behind the last one it stands for: the size of the first tree that has
  /// it.
  public long end() {
    return (number + 1) << level;
  }

  /// Where its hash stands when each hash is stored, once and for ever, as soon as its last record
  /// is there; several with one last record by level: 0,0 · 0,1 · 1,0 · 0,2 · 0,3 · 1,1 · 2,0 · …
  ///
  /// Source: Crosby and Wallach, Efficient Data Structures for Tamper-Evident Logging, section 3.3
  public long storedIndex() {
    return storedCount(end() - 1) + level;
  }

  /// The node whose hash is stored there.
  ///
  /// @throws IllegalArgumentException when the index is negative or behind the largest tree
  public static TreeNode ofStoredIndex(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("index " + index + " is negative");
    }
    long last = index / 2; // or a few more: records before it have just under two hashes each
    while (last + 1 < TreeHead.MAX_SIZE && storedCount(last + 1) <= index) {
      last++;
    }
    int level = (int) Math.min(index - storedCount(last), TreeHead.MAX_LEVEL + 1);
    return new TreeNode(level, last >> level);
  }

  /// How many hashes are stored for a tree of this size: one for each node that it has.
  public static long storedCount(long size) {
    return 2 * size - Long.bitCount(size);
  }
}
