package dev.modgate.watcher.walk;

import dev.modgate.gomod.graph.GraphLimits;
import dev.modgate.gomod.graph.Outcome;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.GoMods;
import dev.modgate.watcher.plan.Closure;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.plan.PrivateModules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Walks module graphs by what is known, and asks for nothing.
public final class KnownGraph {
  private final GoMods goMods;
  private final PrivateModules privateModules;
  private final GraphLimits limits;

  KnownGraph(GoMods goMods, PrivateModules privateModules, GraphLimits limits) {
    this.goMods = goMods;
    this.privateModules = privateModules;
    this.limits = limits;
  }

  /// @param items what is known to be needed; where a graph is not whole the go.mods that it needs
  ///   next
  /// @param problems why the graphs are not whole, a sentence each
  public record Found(List<PlanItem> items, List<String> notes, List<String> problems) {}

  /// @throws BadClosureException naming the file that no graph begins with
  public Found walk(List<Closure> closures) throws BadClosureException {
    var session = new Session(ClosureRoots.of(closures), privateModules, limits);
    List<Outcome> outcomes = session.walk();
    Map<ModuleVersion, GoModFacts> found = goMods.load(Graphs.needs(outcomes));
    while (!found.isEmpty()) {
      found.forEach(session::learn);
      outcomes = session.walk();
      found = goMods.load(Graphs.needs(outcomes));
    }
    return found(outcomes, session);
  }

  private static Found found(List<Outcome> outcomes, Session session) {
    Graphs.Whole whole = session.whole(outcomes);
    var items = new ArrayList<>(whole.items());
    var problems = new ArrayList<>(whole.problems());
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Needs needs) {
        problems.add(
            "the module graph is not known to its end: "
                + needs.read()
                + " of at least "
                + needs.atLeast()
                + " go.mods were read");
        needs.goMods().forEach(module -> items.add(new PlanItem(module, Want.MOD, List.of())));
      }
    }
    return new Found(items, Plan.bounded(whole.notes()), Plan.bounded(problems));
  }
}
