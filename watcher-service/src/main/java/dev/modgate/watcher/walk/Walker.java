package dev.modgate.watcher.walk;

import dev.modgate.gomod.graph.Outcome;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.GoMods;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.sync.SyncGrowth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Goes as far as the catalog carries, and says what is needed next.
final class Walker {
  static final Comparator<ModuleVersion> ORDER = ModuleRows.ORDER;

  /// The word of the verifier may come behind that of the publisher, from another partition.
  private static final Duration MAY_STILL_BE_TOLD = Duration.ofMinutes(5);

  private final GoMods goMods;
  private final WalkItems items;
  private final Clock clock;

  Walker(GoMods goMods, WalkItems items, Clock clock) {
    this.goMods = goMods;
    this.items = items;
    this.clock = clock;
  }

  /// What is to be done now.
  sealed interface Step {
    /// @param unread of which the go.mod has to be read, be it inside or not
    record Ask(List<PlanItem> items, Set<ModuleVersion> unread) implements Step {}

    /// Answers are on their way.
    ///
    /// @param lookAgain whether one of them may not wake the walk
    record Wait(boolean lookAgain) implements Step {}

    record End(List<PlanItem> items, SyncGrowth.End end) implements Step {}
  }

  Step step(String sync, Session session) {
    session.hopeAgain();
    Instant toldBefore = clock.instant().minus(MAY_STILL_BE_TOLD);
    while (true) {
      List<Outcome> outcomes = session.walk();
      SortedSet<ModuleVersion> needs = Graphs.needs(outcomes);
      if (needs.isEmpty()) {
        return end(session.whole(outcomes));
      }
      // in this order: what is inside by then has told what it requires
      Map<ModuleVersion, WalkItems.Item> asked = items.of(sync, needs);
      Map<ModuleVersion, GoModFacts> found = goMods.load(needs);
      found.forEach(session::learn);
      needs.removeAll(found.keySet());
      boolean learnt = !found.isEmpty();
      for (var entry : asked.entrySet()) {
        if (entry.getValue().isHopeless(toldBefore) && needs.contains(entry.getKey())) {
          session.giveUp(entry.getKey(), entry.getValue().sentence());
          needs.remove(entry.getKey());
          learnt = true;
        }
      }
      Step next = ask(needs, asked);
      if (!learnt || next instanceof Step.Ask) {
        return next;
      }
    }
  }

  private static Step ask(
      Collection<ModuleVersion> needs, Map<ModuleVersion, WalkItems.Item> asked) {
    var items = new ArrayList<PlanItem>();
    var unread = new TreeSet<>(ORDER);
    boolean late = false;
    for (ModuleVersion module : needs) {
      WalkItems.Item item = asked.get(module);
      boolean untold = item != null && item.state() == ModuleState.INSIDE && !item.asked();
      late |= item != null && item.state() == ModuleState.INSIDE;
      if (item == null || untold) {
        items.add(new PlanItem(module, Want.MOD, List.of()));
        // one that is inside since before go.mods were kept answers without them
        unread.add(module);
      }
    }
    return items.isEmpty() ? new Step.Wait(late) : new Step.Ask(items, unread);
  }

  private static Step end(Graphs.Whole whole) {
    var notes = new ArrayList<>(whole.notes());
    notes.addAll(whole.problems());
    return new Step.End(
        whole.items(), new SyncGrowth.End(Plan.bounded(notes), failure(whole.problems())));
  }

  private static Optional<String> failure(List<String> problems) {
    return switch (problems.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(problems.getFirst());
      default ->
          Optional.of(problems.getFirst() + "; and " + (problems.size() - 1) + " more of the kind");
    };
  }
}
