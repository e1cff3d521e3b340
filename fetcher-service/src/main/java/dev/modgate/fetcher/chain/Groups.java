package dev.modgate.fetcher.chain;

import dev.modgate.fetcher.upstream.Upstream;
import dev.modgate.gomod.proxy.ProxyList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which upstreams of the chain are equals: they have the same content, so the best of them is
/// asked first. The members of a group stand one behind another in the chain.
///
/// @param members names of upstreams, group by group
/// @param oneIn so many versions, one begins with another member than the best, to see how that one
///   is doing
/// @param pause at least, between two of these
public record Groups(Collection<List<String>> members, int oneIn, Duration pause) {
  public static final Groups NONE = new Groups(List.of(), 1, Duration.ZERO);

  public Groups {
    members = members.stream().map(List::copyOf).toList();
  }

  /// What is wrong with them; empty where nothing is.
  public List<String> faults(List<ProxyList.Upstream> chain) {
    List<String> names = chain.stream().map(ProxyList.Upstream::toString).toList();
    var faults = new ArrayList<String>();
    var seen = new HashSet<String>();
    for (List<String> group : members) {
      if (group.size() < 2) {
        faults.add("has a group of less than two upstreams");
      }
      for (String member : group) {
        if (!names.contains(member)) {
          faults.add("names \"" + member + "\", which is not among the upstreams");
        } else if (!seen.add(member)) {
          faults.add("names \"" + member + "\" twice");
        }
      }
      int first = group.stream().mapToInt(names::indexOf).min().orElse(0);
      if (faults.isEmpty()
          && !new HashSet<>(names.subList(first, Math.min(first + group.size(), names.size())))
              .equals(new HashSet<>(group))) {
        faults.add("has a group whose members don't stand one behind another: " + group);
      }
    }
    return faults;
  }

  /// Makes one place of each group, and of each upstream that is in none, in the order of the
  /// chain.
  List<Place> places(List<Upstream> chain) {
    var places = new ArrayList<Place>();
    Map<List<String>, List<Upstream>> open = new HashMap<>();
    for (Upstream upstream : chain) {
      Optional<List<String>> group =
          members.stream().filter(m -> m.contains(upstream.name())).findFirst();
      List<Upstream> place =
          group.map(g -> open.computeIfAbsent(g, _ -> new ArrayList<>())).orElseGet(ArrayList::new);
      place.add(upstream);
      if (group.isEmpty() || place.size() == group.get().size()) {
        places.add(new Place(place, this, System::nanoTime));
      }
    }
    return places;
  }
}
