package dev.modgate.fetcher.limits;

import dev.modgate.fetcher.upstream.UpstreamLimits;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.Check;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which upstreams have limits of their own.
///
/// @param byName under names that somebody chose
public record Overrides(Map<String, OwnLimits> byName) {
  /// In the order of the names.
  public Overrides {
    byName = new TreeMap<>(byName);
  }

  /// Notes overrides that are of no upstream, or of one that another is of, and impossible values.
  public void check(Check check, List<ProxyList.Upstream> chain, UpstreamLimits usual) {
    Map<String, String> taken = new HashMap<>();
    byName.forEach((name, own) -> {
      String key = "overrides." + name + ".";
      List<String> those = namesOf(own, chain);
      check.that(!those.isEmpty(), key + "upstream", missing(own.upstream()));
      for (String one : those) {
        String other = taken.putIfAbsent(one, name);
        check.that(
            other == null,
            key + "upstream",
            "is of " + Quoted.of(one) + ", which overrides." + other + " is of, too");
      }
      Bounds.check(check, key, own.over(usual));
    });
  }

  private static String missing(@Nullable String upstream) {
    if (upstream == null) {
      return "is missing: want the host or the URL of an upstream";
    }
    return upstream.contains("@")
        ? "has an \"@\": want a host, or the URL of an upstream without its credentials"
        : "is " + Quoted.of(upstream) + ", which is neither the host nor the URL of an upstream";
  }

  /// By the names of the upstreams.
  public Map<String, UpstreamLimits> limits(List<ProxyList.Upstream> chain, UpstreamLimits usual) {
    Map<String, UpstreamLimits> limits = new HashMap<>();
    byName
        .values()
        .forEach(own -> namesOf(own, chain).forEach(name -> limits.put(name, own.over(usual))));
    return limits;
  }

  private static List<String> namesOf(OwnLimits own, List<ProxyList.Upstream> chain) {
    return chain.stream().filter(own::areOf).map(ProxyList.Upstream::toString).distinct().toList();
  }
}
