package dev.modgate.watcher.plan;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumLine;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.Replace;
import dev.modgate.gomod.modfile.Require;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.Want;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that a sync needs.
///
/// @param items one for each module version
/// @param notes what a person should know of the plan, a bounded sentence each
/// @param unread why it is not all, a bounded sentence; empty where it is
/// @param closures module graphs that say what else is needed, once their go.mods are read
public record Plan(
    List<PlanItem> items, List<String> notes, Optional<String> unread, List<Closure> closures) {
  private static final int MOST_NOTES = 20;
  private static final String NO_LINE = " has no line in go.sum; run: go mod tidy";

  /// How a note ends that says which part of a workspace is missing.
  public static final String NO_MEMBER = ", which has no go.mod here";

  public Plan {
    items = List.copyOf(items);
    notes = List.copyOf(notes);
    closures = List.copyOf(closures);
  }

  public Plan(List<PlanItem> items, List<String> notes, Optional<String> unread) {
    this(items, notes, unread, List.of());
  }

  /// A whole one.
  public Plan(List<PlanItem> items, List<String> notes) {
    this(items, notes, Optional.empty());
  }

  /// @param fileName what people call the go.sum
  /// @param modules wanted whole, besides
  public static Plan of(
      Optional<GoSum> goSum,
      String fileName,
      Optional<GoMod> goMod,
      Collection<ModuleVersion> modules) {
    Map<ModuleVersion, Wanted> wanted = new LinkedHashMap<>();
    goSum.ifPresent(sum -> sum.lines().forEach(line -> add(wanted, line, fileName)));
    modules.forEach(module -> wanted.computeIfAbsent(module, Wanted::new).want = Want.ZIP);
    List<String> notes = goMod.map(mod -> notes(mod, wanted.keySet())).orElse(List.of());
    return new Plan(wanted.values().stream().map(Wanted::item).toList(), notes);
  }

  /// What all of these need together. A module version that one wants whole is wanted whole; every
  /// claim is kept that differs from the others.
  public static Plan union(Collection<Plan> plans) {
    Map<ModuleVersion, Wanted> wanted = new LinkedHashMap<>();
    var notes = new ArrayList<String>();
    for (Plan plan : plans) {
      for (PlanItem item : plan.items()) {
        Wanted entry = wanted.computeIfAbsent(item.module(), Wanted::new);
        entry.want = item.want() == Want.ZIP ? Want.ZIP : entry.want;
        item.claims().forEach(entry::claim);
      }
      notes.addAll(plan.notes());
    }
    return new Plan(
        wanted.values().stream().map(Wanted::item).toList(),
        bounded(notes),
        plans.stream().flatMap(plan -> plan.unread().stream()).findFirst(),
        plans.stream().flatMap(plan -> plan.closures().stream()).toList());
  }

  /// Those notes that say of something needed that it is not in the plan.
  public List<String> gaps() {
    return notes.stream()
        .filter(note -> note.endsWith(NO_LINE) || note.endsWith(NO_MEMBER))
        .toList();
  }

  /// The same, with a sentence more.
  public Plan noting(String sentence) {
    var more = new ArrayList<>(notes);
    more.add(sentence);
    return new Plan(items, more, unread, closures);
  }

  /// The same, with the module graphs that it takes to say all.
  public Plan walking(List<Closure> graphs) {
    return new Plan(items, notes, unread, graphs);
  }

  private static void add(Map<ModuleVersion, Wanted> wanted, GoSumLine line, String fileName) {
    Wanted entry = wanted.computeIfAbsent(line.module(), Wanted::new);
    if (!line.goMod()) {
      entry.want = Want.ZIP;
    }
    var claim =
        new Claim(
            line.goMod() ? Claim.Subject.GO_MOD : Claim.Subject.ZIP,
            line.hash(),
            fileName,
            line.number());
    entry.claim(claim);
  }

  private static List<String> notes(GoMod goMod, Set<ModuleVersion> wanted) {
    var notes = new ArrayList<String>();
    if (wanted.isEmpty() && goMod.requires().isEmpty()) {
      notes.add("the go.mod requires no module: there is nothing to bring inside");
    }
    Set<String> replaced = new HashSet<>();
    for (Replace replace : goMod.replaces()) {
      replaced.add(replace.path());
      if (replace.withVersion().isEmpty()) {
        notes.add(
            Quoted.of(replace.path())
                + " is replaced by the folder "
                + Quoted.of(replace.withPath())
                + ", which is not synced");
      }
    }
    for (Require require : goMod.requires()) {
      Optional<ModuleVersion> module = require.moduleVersion();
      if (!replaced.contains(require.path())
          && module.map(version -> !wanted.contains(version)).orElse(true)) {
        notes.add(
            "require " + Quoted.of(require.path()) + " " + Quoted.of(require.version()) + NO_LINE);
      }
    }
    return bounded(notes);
  }

  /// The first of these, and how many more there are.
  public static List<String> bounded(List<String> notes) {
    if (notes.size() <= MOST_NOTES) {
      return notes;
    }
    var kept = new ArrayList<>(notes.subList(0, MOST_NOTES));
    kept.add("… and " + (notes.size() - MOST_NOTES) + " more of the kind");
    return kept;
  }

  private static final class Wanted {
    private final ModuleVersion module;
    private Want want = Want.MOD;
    private final List<Claim> claims = new ArrayList<>(2);

    private Wanted(ModuleVersion module) {
      this.module = module;
    }

    private void claim(Claim claim) {
      if (claims.stream()
          .noneMatch(c -> c.subject() == claim.subject() && c.hash().equals(claim.hash()))) {
        claims.add(claim);
      }
    }

    private PlanItem item() {
      return new PlanItem(module, want, claims);
    }
  }
}
