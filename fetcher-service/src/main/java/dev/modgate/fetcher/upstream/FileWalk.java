package dev.modgate.fetcher.upstream;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.store.BlobRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One file along the chain, as the package says.
///
/// @param refused names of upstreams whose bytes for this file were refused: asked last
/// @param toTheEnd whether every upstream is asked that the file takes, whatever the separators say
record FileWalk(
    List<Upstream> chain,
    ModuleVersion module,
    FileKind kind,
    Set<String> refused,
    boolean toTheEnd) {

  /// Where the walk ended.
  sealed interface Outcome {
    /// @param misses of those that were asked before
    /// @param untried the upstreams behind this one, whose bytes nobody knows
    record Found(String upstream, BlobRef blob, List<Miss> misses, List<String> untried)
        implements Outcome {}

    /// @param misses one for each upstream that was reached, in order; at least one
    /// @param allShut whether no upstream that was reached, nor a refused one, lets anything
    ///   through
    record NotHad(List<Miss> misses, boolean allShut) implements Outcome {}
  }

  Outcome run() throws StoreFailedException, InterruptedException {
    List<Upstream> others = chain.stream().filter(u -> !refused.contains(u.name())).toList();
    List<Upstream> last = chain.stream().filter(u -> refused.contains(u.name())).toList();
    var misses = new ArrayList<Miss>();
    boolean allShut = last.stream().allMatch(Upstream::isShut);
    boolean goesOn = toTheEnd;
    for (int i = 0; i < others.size(); i++) {
      Upstream upstream = others.get(i);
      switch (upstream.fetch(module, kind)) {
        case Answer.Got<BlobRef>(var blob) -> {
          return new Outcome.Found(
              upstream.name(),
              blob,
              misses,
              namesBehind(upstream, others.subList(i, others.size())));
        }
        case Answer.Missed<BlobRef>(var miss) -> {
          misses.add(miss);
          allShut &= miss.isOutage() && upstream.isShut();
          goesOn |= miss.kind() == Miss.Kind.TOO_LARGE;
          if (!goesOn && !leadsOn(miss, upstream.next())) {
            return new Outcome.NotHad(misses, allShut);
          }
        }
      }
    }
    return misses.stream().anyMatch(Miss::isOutage)
        ? new Outcome.NotHad(misses, allShut) // who does not answer may have the right bytes
        : lastResort(last, misses);
  }

  private Outcome lastResort(List<Upstream> last, List<Miss> misses)
      throws StoreFailedException, InterruptedException {
    for (Upstream upstream : last) {
      switch (upstream.fetch(module, kind)) {
        case Answer.Got<BlobRef>(var blob) -> {
          return new Outcome.Found(upstream.name(), blob, misses, List.of());
        }
        case Answer.Missed<BlobRef>(var miss) -> misses.add(miss);
      }
    }
    return new Outcome.NotHad(misses, false);
  }

  private static List<String> namesBehind(Upstream upstream, List<Upstream> rest) {
    return rest.stream()
        .map(Upstream::name)
        .distinct()
        .filter(n -> !n.equals(upstream.name()))
        .toList();
  }

  private static boolean leadsOn(Miss miss, ProxyList.Next next) {
    return switch (next) {
      case IF_FAILED -> true;
      case IF_ABSENT -> miss.kind() == Miss.Kind.ABSENT;
    };
  }
}
