package dev.modgate.fetcher.chain;

import dev.modgate.fetcher.upstream.Upstream;
import dev.modgate.gomod.proxy.ProxyList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/// A place in the chain, with one upstream or a group of equals. Safe for use by many threads.
final class Place {
  private final List<Upstream> members;
  private final Groups groups;
  private final LongSupplier nanoTime;
  private int asked;
  private int probed;
  private long lastProbe;

  /// One upstream's turn.
  ///
  /// @param place where it stands
  record Turn(Upstream upstream, Place place, Upstream.Manner manner) {
    /// The same, once its equals had theirs.
    Turn later() {
      return new Turn(upstream, place, Upstream.Manner.A_MOMENT);
    }
  }

  /// @param members in the order of the chain
  /// @param nanoTime as [System#nanoTime]
  Place(List<Upstream> members, Groups groups, LongSupplier nanoTime) {
    this.members = List.copyOf(members);
    this.groups = groups;
    this.nanoTime = nanoTime;
    this.lastProbe = nanoTime.getAsLong();
  }

  /// What leads from here to the next place.
  ProxyList.Next next() {
    return members.getLast().next();
  }

  /// The best first, by [Upstream#cost]; those whose breakers are open last. Now and then it begins
  /// with one of the others.
  List<Turn> turns() {
    List<Upstream> order =
        members.stream()
            .sorted(Comparator.comparing(Upstream::isShut).thenComparingDouble(Upstream::cost))
            .toList();
    var turns =
        new ArrayList<Turn>(
            order.stream().map(u -> new Turn(u, this, Upstream.Manner.UNLESS_FULL)).toList());
    if (members.size() > 1) {
      int probe = probe();
      if (probe > 0) {
        Turn one = turns.remove(probe);
        turns.addFirst(new Turn(one.upstream(), this, Upstream.Manner.ONCE));
      }
    }
    return turns;
  }

  /// Which in the order is to be looked at, in turn; 0 for none.
  private synchronized int probe() {
    long now = nanoTime.getAsLong();
    asked++;
    if (asked < groups.oneIn() || now - lastProbe < groups.pause().toNanos()) {
      return 0;
    }
    asked = 0;
    lastProbe = now;
    return 1 + probed++ % (members.size() - 1);
  }
}
