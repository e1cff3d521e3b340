package dev.modgate.watcher.walk;

import dev.modgate.gomod.graph.ModuleGraph;
import dev.modgate.gomod.graph.Outcome;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.plan.PrivateModules;
import java.util.ArrayList;
import java.util.Collection;
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

  /// A go.mod may quote whatever it likes.
  private static String line(String text) {
    return Plain.of(text.replaceAll("\\p{Cntrl}", " "));
  }

  /// @param problems what could not be read, and graphs that are too large
  record Whole(List<PlanItem> items, List<String> notes, List<String> problems) {}

  /// Of those that were walked to their end.
  ///
  /// @param hidden what was met and is not to be asked for; so is all else that is private
  static Whole whole(
      List<Outcome> outcomes, Collection<ModuleVersion> hidden, PrivateModules privateModules) {
    Map<ModuleVersion, Want> wanted = new TreeMap<>(Walker.ORDER);
    Set<String> problems = new LinkedHashSet<>();
    Set<String> notes = new LinkedHashSet<>();
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Complete(ModuleGraph graph) -> {
          graph.loaded().forEach(module -> wanted.putIfAbsent(module, Want.MOD));
          graph.zips().forEach(module -> wanted.put(module, Want.ZIP));
          graph.problems().forEach(problem -> problems.add(line(problem.toString())));
          graph.notes().forEach(note -> notes.add(line(note)));
        }
        case Outcome.TooLarge(String sentence) -> problems.add(sentence);
        case Outcome.Needs _ -> {}
      }
    }
    var names = new TreeSet<>(Walker.ORDER);
    names.addAll(hidden);
    wanted.keySet().stream()
        .filter(module -> privateModules.patterns().matches(module.path()))
        .forEach(names::add);
    names.forEach(module -> notes.add(module + ": private, not requested"));
    wanted.keySet().removeAll(names);
    List<PlanItem> items =
        wanted.entrySet().stream()
            .map(entry -> new PlanItem(entry.getKey(), entry.getValue(), List.of()))
            .toList();
    return new Whole(items, new ArrayList<>(notes), new ArrayList<>(problems));
  }
}
