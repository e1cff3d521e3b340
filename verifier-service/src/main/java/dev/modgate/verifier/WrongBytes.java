package dev.modgate.verifier;

import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.Refusal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What follows from refused bytes: each other upstream is tried once before the module is
/// rejected.
///
/// That ends: a round adds at least one refusal, of an upstream and a file that had none, and there
/// are at most [Refusal#MOST].
sealed interface WrongBytes {

  /// @param refusals all so far
  record TryOthers(List<Refusal> refusals, String sentence) implements WrongBytes {}

  record Final(String sentence) implements WrongBytes {}

  static WrongBytes of(ModuleFetched event, Verdict.Refused refused) {
    List<Refusal> all = new ArrayList<>(event.refusals());
    all.addAll(news(event, refused));
    Set<String> untried = new LinkedHashSet<>();
    refused
        .suspects()
        .forEach(kind -> untried.addAll(event.untried().getOrDefault(kind, List.of())));
    boolean worthIt =
        !untried.isEmpty() && all.size() > event.refusals().size() && all.size() <= Refusal.MOST;
    String problem = event.module() + ": " + refused.sentence();
    if (refused.suspects().isEmpty()) {
      return new Final(problem);
    }
    String gave = problem + ", from " + event.fetch().sentence();
    if (worthIt) {
      return new TryOthers(all, gave + "; to be tried: " + String.join(", ", untried));
    }
    List<String> tried = tried(event);
    return new Final(tried.isEmpty() ? gave : gave + "; also tried: " + String.join("; ", tried));
  }

  /// The checks of bytes that were accepted, and what was refused before they came.
  static List<String> noted(List<String> checks, List<Refusal> refusals) {
    var all = new ArrayList<>(checks);
    refusals.forEach(r -> all.add("other bytes were refused: " + told(r)));
    return all;
  }

  /// One for each upstream that gave a suspect, unless it is known by now.
  private static List<Refusal> news(ModuleFetched event, Verdict.Refused refused) {
    Fetch fetch = event.fetch();
    Map<String, Set<Files.Kind>> byUpstream = new LinkedHashMap<>();
    for (Files.Kind kind : new TreeSet<>(refused.suspects())) {
      String upstream = fetch.from(kind);
      boolean known =
          event.refusals().stream()
              .anyMatch(r -> r.upstream().equals(upstream) && r.files().contains(kind));
      if (!known) {
        byUpstream.computeIfAbsent(upstream, _ -> EnumSet.noneOf(Files.Kind.class)).add(kind);
      }
    }
    return byUpstream.entrySet().stream()
        .map(e -> new Refusal(e.getKey(), e.getValue(), refused.reason(), refused.sentence()))
        .toList();
  }

  /// What others answered, and what they gave where it is not what was just judged.
  private static List<String> tried(ModuleFetched event) {
    var tried = new ArrayList<String>();
    event.refusals().stream()
        .filter(r -> r.files().stream().noneMatch(k -> event.fetch().from(k).equals(r.upstream())))
        .forEach(r -> tried.add(told(r)));
    tried.addAll(event.misses());
    return tried;
  }

  private static String told(Refusal refusal) {
    return refusal.upstream() + ": " + refusal.sentence();
  }
}
