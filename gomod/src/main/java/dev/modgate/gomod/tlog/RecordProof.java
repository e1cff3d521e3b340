package dev.modgate.gomod.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// That a tree has a certain record: the hashes beside its way to the root, from the leaf up.
///
/// Source: RFC 6962 section 2.1.1, RFC 9162 section 2.1.3.2
public record RecordProof(List<TlogHash> hashes) {
  public RecordProof {
    hashes = List.copyOf(hashes);
  }

  /// @throws IllegalArgumentException when a tree of this size does not have the record
  public static RecordProof make(long size, long record, HashReader reader)
      throws IOException, TlogException {
    TreeHead.checkSize(size);
    if (record < 0 || record >= size) {
      throw new IllegalArgumentException("a tree of " + size + " has no record " + record);
    }
    var beside = new ArrayList<Records>();
    var on = new Records(0, size);
    while (on.to() - on.from() > 1) {
      boolean left = record < on.middle();
      beside.add(left ? on.right() : on.left());
      on = left ? on.left() : on.right();
    }
    return new RecordProof(Records.hashes(beside.reversed(), reader));
  }

  /// Whether it shows that the tree has a record of this number and this [TlogHash#leaf].
  public boolean proves(TreeHead head, long record, TlogHash leaf) {
    if (record < 0 || record >= head.size()) {
      return false;
    }
    long at = record;
    long last = head.size() - 1;
    TlogHash hash = leaf;
    for (TlogHash beside : hashes) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        hash = TlogHash.node(beside, hash);
        int lone = Long.numberOfTrailingZeros(at); // levels at which it has nothing to its right
        at >>= lone;
        last >>= lone;
      } else {
        hash = TlogHash.node(hash, beside);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(head.hash());
  }
}
