package dev.modgate.watcher.check;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.walk.BadClosureException;
import dev.modgate.watcher.walk.KnownGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Says how a plan stands.
final class Planner {
  private static final int MOST_LISTED = 10_000;
  private static final String NEW = "new";

  private final PrivateModules privateModules;
  private final KnownGraph graph;
  private final Standing standing;

  Planner(PrivateModules privateModules, KnownGraph graph, Standing standing) {
    this.privateModules = privateModules;
    this.graph = graph;
    this.standing = standing;
  }

  /// @throws BadClosureException naming the file that no module graph begins with
  PlanView view(String label, Plan asked) throws BadClosureException {
    Plan plan = privateModules.without(asked);
    KnownGraph.Found found = graph.walk(plan.closures());
    Plan all = Plan.union(List.of(plan, new Plan(found.items(), found.notes())));
    List<Standing.Stand> stands = standing.of(all.items());
    List<Standing.Stand> outside = stands.stream().filter(it -> !it.inside()).toList();
    var problems = new ArrayList<>(found.problems());
    plan.unread().ifPresent(problems::add);
    problems.addAll(plan.gaps());
    return new PlanView(
        Plain.of(label),
        problems.isEmpty(),
        problems.isEmpty() && outside.isEmpty(),
        counts(stands),
        stands.stream().filter(Standing.Stand::inside).mapToLong(Standing.Stand::bytes).sum(),
        outside.stream().mapToLong(Standing.Stand::bytes).sum(),
        all.notes(),
        problems,
        outside.stream().limit(MOST_LISTED).map(Planner::item).toList(),
        Math.max(0, outside.size() - MOST_LISTED));
  }

  private static Map<String, Long> counts(List<Standing.Stand> stands) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("total", (long) stands.size());
    counts.put(NEW, 0L);
    for (ModuleState state : ModuleState.values()) {
      counts.put(state.wireName(), 0L);
    }
    stands.forEach(stand -> counts.merge(word(stand.state()), 1L, Long::sum));
    return counts;
  }

  private static String word(Optional<ModuleState> state) {
    return state.map(ModuleState::wireName).orElse(NEW);
  }

  private static PlanView.Item item(Standing.Stand stand) {
    return new PlanView.Item(
        stand.item().module().toString(),
        stand.item().want().name().toLowerCase(Locale.ROOT),
        word(stand.state()),
        stand.reason(),
        stand.sentence());
  }
}
