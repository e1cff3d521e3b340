package dev.modgate.watcher.walk;

import dev.modgate.gomod.graph.ModuleGraph;
import dev.modgate.gomod.graph.Outcome;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.plan.PlanItem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What several module graphs say together.
final class Graphs {
  private Graphs() {}

  static SortedSet<ModuleVersion> needs(List<Outcome> outcomes) {
    var needs = new TreeSet<>(Walker.ORDER);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Needs more) {
        needs.addAll(more.goMods());
      }
    }
    return needs;
  }

  /// @param problems what could not be read, and graphs that are too large
  record Whole(List<PlanItem> items, List<String> notes, List<String> problems) {}

  /// Of those that were walked to their end.
  ///
  /// @param hidden what is not to be asked for
  static Whole whole(List<Outcome> outcomes, SortedSet<ModuleVersion> hidden) {
    Map<ModuleVersion, Want> wanted = new TreeMap<>(Walker.ORDER);
    Set<String> problems = new LinkedHashSet<>();
    Set<String> notes = new LinkedHashSet<>();
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Complete(ModuleGraph graph) -> {
          graph.loaded().forEach(module -> wanted.putIfAbsent(module, Want.MOD));
          graph.zips().forEach(module -> wanted.put(module, Want.ZIP));
          graph.problems().forEach(problem -> problems.add(problem.toString()));
          notes.addAll(graph.notes());
        }
        case Outcome.TooLarge(String sentence) -> problems.add(sentence);
        case Outcome.Needs _ -> {}
      }
    }
    hidden.forEach(module -> notes.add(module + ": private, not requested"));
    wanted.keySet().removeAll(hidden);
    List<PlanItem> items =
        wanted.entrySet().stream()
            .map(entry -> new PlanItem(entry.getKey(), entry.getValue(), List.of()))
            .toList();
    return new Whole(items, new ArrayList<>(notes), new ArrayList<>(problems));
  }
}
