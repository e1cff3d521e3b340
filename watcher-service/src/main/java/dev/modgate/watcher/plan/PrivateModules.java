package dev.modgate.watcher.plan;

import dev.modgate.gomod.sumdb.NoSumDb;
import java.util.ArrayList;
import java.util.List;

/// Modules whose names stay in the closed zone: nobody outside is asked for them, no upstream and
/// no checksum database.
///
/// @param patterns as `GOPRIVATE` has them
public record PrivateModules(NoSumDb patterns) {
  public static final PrivateModules NONE = of("");

  /// @param patterns as `GOPRIVATE` has them; empty for none
  /// @throws IllegalArgumentException naming the pattern that is broken
  public static PrivateModules of(String patterns) {
    return new PrivateModules(NoSumDb.parse(patterns));
  }

  /// The plan without what is private, which its notes name.
  public Plan without(Plan plan) {
    List<PlanItem> kept =
        plan.items().stream().filter(item -> !patterns.matches(item.module().path())).toList();
    if (kept.size() == plan.items().size()) {
      return plan;
    }
    var dropped = new ArrayList<String>();
    for (PlanItem item : plan.items()) {
      if (patterns.matches(item.module().path())) {
        dropped.add(item.module() + ": private, not requested");
      }
    }
    var notes = new ArrayList<>(plan.notes());
    notes.addAll(Plan.bounded(dropped));
    return new Plan(kept, notes, plan.unread(), plan.closures());
  }
}
