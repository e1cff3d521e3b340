package dev.modgate.fetcher.chain;

import dev.modgate.fetcher.chain.Place.Turn;
import dev.modgate.fetcher.source.Answer;
import dev.modgate.fetcher.source.Miss;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.upstream.FileKind;
import dev.modgate.fetcher.upstream.StoreFailedException;
import dev.modgate.fetcher.upstream.Upstream;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.store.BlobRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One file along the chain, as the package says.
///
/// @param refused names of upstreams whose bytes for this file were refused: asked last
/// @param toTheEnd whether every upstream is asked that the file takes, whatever the separators say
record FileWalk(
    List<Turn> chain, ModuleVersion module, FileKind kind, Set<String> refused, boolean toTheEnd) {

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

  /// @param patience for all of them together
  Outcome run(Patience patience) throws StoreFailedException, InterruptedException {
    List<Turn> rest = new ArrayList<>(chain.stream().filter(turn -> !isRefused(turn)).toList());
    List<Upstream> last = chain.stream().filter(this::isRefused).map(Turn::upstream).toList();
    var misses = new ArrayList<Miss>();
    boolean allShut = last.stream().allMatch(Upstream::isShut);
    boolean goesOn = toTheEnd;
    int ofThisPlace = 0;
    while (!rest.isEmpty()) {
      Upstream upstream = rest.getFirst().upstream();
      patience.nextTurn(sharers(rest, goesOn), upstream.total());
      Optional<Answer<BlobRef>> answer = upstream.fetch(module, kind, patience, manner(rest));
      if (answer.isEmpty()) {
        equalsFirst(rest);
        continue;
      }
      switch (answer.get()) {
        case Answer.Got<BlobRef>(var blob) -> {
          return new Outcome.Found(upstream.name(), blob, misses, namesBehind(upstream, rest));
        }
        case Answer.Missed<BlobRef>(var miss) -> {
          misses.add(miss);
          allShut &= miss.isOutage() && upstream.isShut();
          goesOn |= miss.kind() == Miss.Kind.TOO_LARGE;
          if (!equalFollows(rest)) {
            if (!goesOn && !leadsOn(misses.subList(ofThisPlace, misses.size()), rest.getFirst())) {
              return new Outcome.NotHad(misses, allShut);
            }
            ofThisPlace = misses.size();
          }
          rest.removeFirst();
        }
      }
    }
    return misses.stream().anyMatch(Miss::isOutage)
        ? new Outcome.NotHad(misses, allShut) // who does not answer may have the right bytes
        : lastResort(last, misses, patience);
  }

  /// Where nobody is left at its place who might have a free slot, it is waited for.
  private static Upstream.Manner manner(List<Turn> rest) {
    return equalFollows(rest) ? rest.getFirst().manner() : Upstream.Manner.WAITING;
  }

  /// The first of these is full: its equals come before it.
  private static void equalsFirst(List<Turn> rest) {
    Turn full = rest.removeFirst();
    int behind = 0;
    while (behind < rest.size() && rest.get(behind).place() == full.place()) {
      behind++;
    }
    rest.add(behind, full.later());
  }

  private boolean isRefused(Turn turn) {
    return refused.contains(turn.upstream().name());
  }

  private Outcome lastResort(List<Upstream> last, List<Miss> misses, Patience patience)
      throws StoreFailedException, InterruptedException {
    for (int i = 0; i < last.size(); i++) {
      Upstream upstream = last.get(i);
      patience.nextTurn(last.size() - i, upstream.total());
      Optional<Answer<BlobRef>> answer =
          upstream.fetch(module, kind, patience, Upstream.Manner.WAITING);
      switch (answer.orElseThrow()) {
        case Answer.Got<BlobRef>(var blob) -> {
          return new Outcome.Found(upstream.name(), blob, misses, List.of());
        }
        case Answer.Missed<BlobRef>(var miss) -> misses.add(miss);
      }
    }
    return new Outcome.NotHad(misses, false);
  }

  /// How many are asked where each fails, from the first of these on.
  private static int sharers(List<Turn> rest, boolean goesOn) {
    int sharers = 1;
    while (sharers < rest.size()
        && (goesOn
            || equalFollows(rest.subList(sharers - 1, rest.size()))
            || rest.get(sharers - 1).place().next() == ProxyList.Next.IF_FAILED)) {
      sharers++;
    }
    return sharers;
  }

  private static boolean equalFollows(List<Turn> rest) {
    return rest.size() > 1 && rest.get(1).place() == rest.getFirst().place();
  }

  private static List<String> namesBehind(Upstream upstream, List<Turn> rest) {
    return rest.stream()
        .map(turn -> turn.upstream().name())
        .distinct()
        .filter(n -> !n.equals(upstream.name()))
        .toList();
  }

  /// @param misses of all at the place of this turn: what one of some equals has not, another may
  ///   have, who does not answer
  private static boolean leadsOn(List<Miss> misses, Turn turn) {
    return switch (turn.place().next()) {
      case IF_FAILED -> true;
      case IF_ABSENT -> misses.stream().allMatch(miss -> miss.kind() == Miss.Kind.ABSENT);
    };
  }
}
