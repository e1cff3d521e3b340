package dev.modgate.gomod.tlog;

import java.io.IOException;
import java.util.List;

/// The hashes of a tree.
@FunctionalInterface
public interface HashReader {
  /// The hashes of these nodes, in their order.
  ///
  /// @throws IOException when they can't be had now
  /// @throws TlogException when what was read is not the tree it should be
  /// @throws IllegalArgumentException when the tree does not have one of the nodes
  List<TlogHash> read(List<TreeNode> nodes) throws IOException, TlogException;
}
