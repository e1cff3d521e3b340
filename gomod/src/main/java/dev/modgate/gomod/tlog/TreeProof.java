package dev.modgate.gomod.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// That a newer tree begins with all records of an older one.
///
/// Source: RFC 6962 section 2.1.2, RFC 9162 section 2.1.4.2
public record TreeProof(List<TlogHash> hashes) {
  public TreeProof {
    hashes = List.copyOf(hashes);
  }

  /// @throws IllegalArgumentException when the older tree is empty, or larger than the newer one
  public static TreeProof make(long newer, long older, HashReader reader)
      throws IOException, TlogException {
    TreeHead.checkSize(newer);
    if (older < 1 || older > newer) {
      throw new IllegalArgumentException(
          "a tree of " + newer + " does not begin with one of " + older);
    }
    var beside = new ArrayList<Records>();
    var on = new Records(0, newer);
    while (on.to() != older) {
      boolean left = older <= on.middle();
      beside.add(left ? on.right() : on.left());
      on = left ? on.left() : on.right();
    }
    if (on.from() > 0) {
      beside.add(on); // else it is the older root, which everybody who asks has
    }
    return new TreeProof(Records.hashes(beside.reversed(), reader));
  }

  /// Whether it shows that the newer tree begins with the older one.
  public boolean proves(TreeHead newer, TreeHead older) {
    if (older.size() < 1 || older.size() > newer.size()) {
      return false;
    }
    if (older.size() == newer.size()) {
      return hashes.isEmpty() && older.hash().equals(newer.hash());
    }
    int whole = Long.numberOfTrailingZeros(older.size()); // levels that both trees have alike
    long at = (older.size() - 1) >> whole;
    long last = (newer.size() - 1) >> whole;
    Iterator<TlogHash> rest = hashes.iterator();
    if (at != 0 && !rest.hasNext()) {
      return false;
    }
    TlogHash first = at == 0 ? older.hash() : rest.next();
    return walk(rest, first, at, last, newer, older);
  }

  private static boolean walk(
      Iterator<TlogHash> rest, TlogHash first, long from, long to, TreeHead newer, TreeHead older) {
    long at = from;
    long last = to;
    TlogHash olderHash = first;
    TlogHash newerHash = first;
    while (rest.hasNext()) {
      TlogHash beside = rest.next();
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        olderHash = TlogHash.node(beside, olderHash);
        newerHash = TlogHash.node(beside, newerHash);
        int lone = Long.numberOfTrailingZeros(at);
        at >>= lone;
        last >>= lone;
      } else {
        newerHash = TlogHash.node(newerHash, beside);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && olderHash.equals(older.hash()) && newerHash.equals(newer.hash());
  }
}
