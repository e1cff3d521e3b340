package dev.modgate.watcher.want;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.vendor.VendoredModules;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.source.Source.Depth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the files of one commit need together.
public final class CommitPlan {
  /// Of one commit.
  public static final int MOST_MODULES = 100_000;

  /// Of which projects the module graph is walked, so that it says what is needed.
  public enum Graphs {
    /// Those without a go.sum.
    WITHOUT_SUM,
    ALL
  }

  private final CommitFiles commit;
  private final Closures closures;
  private final List<Plan> plans = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  private CommitPlan(CommitFiles commit, Graphs graphs) {
    this.commit = commit;
    this.closures = new Closures(commit.files(), graphs);
  }

  /// A file that is broken is left out, and named in the notes: the others don't have to wait for
  /// its repair. The plan is not whole then, unless a go.sum says what a broken go.mod needs.
  public static Plan of(CommitFiles commit, Depth depth) {
    return of(commit, depth, Graphs.WITHOUT_SUM);
  }

  public static Plan of(CommitFiles commit, Depth depth, Graphs graphs) {
    var plan = new CommitPlan(commit, graphs);
    for (String folder : plan.folders()) {
      plan.add(folder);
    }
    return deepen(plan.all(), depth);
  }

  private Plan all() {
    if (commit.files().isEmpty()) {
      notes.add("the commit has no go.mod and no go.work: there is nothing to bring inside");
    }
    Closures.Found graphs = closures.found();
    notes.addAll(graphs.notes());
    plans.addFirst(new Plan(List.of(), notes, unread.stream().findFirst(), graphs.closures()));
    return Plan.union(plans);
  }

  /// Each with `/` at its end, the root as an empty text.
  private Set<String> folders() {
    var folders = new TreeSet<String>();
    for (String path : commit.files().keySet()) {
      String folder = path.substring(0, path.lastIndexOf('/') + 1);
      folders.add(path.endsWith("vendor/modules.txt") ? parent(folder) : folder);
    }
    return folders;
  }

  private static String parent(String vendor) {
    return vendor.substring(0, vendor.length() - "vendor/".length());
  }

  private void add(String folder) {
    Optional<GoMod> goMod = goMod(folder + "go.mod");
    Optional<GoSum> goSum = goSum(folder + "go.sum");
    if (goSum.isPresent() || goMod.isEmpty()) {
      goSum.ifPresent(
          _ -> plans.add(Plan.of(goSum, folder + "go.sum", requiring(goMod), List.of())));
    }
    if (goSum.isEmpty() && goMod.isEmpty() && commit.files().containsKey(folder + "go.mod")) {
      unread.add(unread(folder + "go.mod is broken, and has no go.sum beside it"));
    }
    Optional<GoSum> workSum = goSum(folder + "go.work.sum");
    workSum.ifPresent(
        _ -> plans.add(Plan.of(workSum, folder + "go.work.sum", Optional.empty(), List.of())));
    byte[] vendored = commit.files().get(folder + "vendor/modules.txt");
    if (vendored != null) {
      List<ModuleVersion> modules = VendoredModules.of(vendored, MOST_MODULES);
      plans.add(Plan.of(Optional.empty(), "", Optional.empty(), modules));
    }
  }

  /// One that requires nothing is not worth a note where others do.
  private static Optional<GoMod> requiring(Optional<GoMod> goMod) {
    return goMod.filter(mod -> !mod.requires().isEmpty());
  }

  private Optional<GoMod> goMod(String path) {
    byte[] content = commit.files().get(path);
    if (content == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(GoMod.parse(content, path));
    } catch (GoModException e) {
      notes.add(first(e) + "; it is left out");
      return Optional.empty();
    }
  }

  private Optional<GoSum> goSum(String path) {
    byte[] content = commit.files().get(path);
    if (content == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(GoSum.parse(new ByteArrayInputStream(content), path, MOST_MODULES));
    } catch (GoSumException e) {
      notes.add(first(e) + "; it is left out");
      unread.add(unread(first(e)));
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
    }
  }

  private static String first(Exception e) {
    return cut(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }

  private static String unread(String what) {
    return "can't be read: " + cut(what);
  }

  private static String cut(String text) {
    return Plain.of(text.length() > 500 ? text.substring(0, 500) : text);
  }

  private static Plan deepen(Plan plan, Depth depth) {
    Set<ModuleVersion> whole =
        switch (depth) {
          case BUILD -> Set.of();
          case TESTS -> highest(plan);
          case GRAPH -> new HashSet<>(plan.items().stream().map(PlanItem::module).toList());
        };
    return new Plan(
        plan.items().stream()
            .map(item ->
                whole.contains(item.module())
                    ? new PlanItem(item.module(), Want.ZIP, item.claims())
                    : item)
            .toList(),
        plan.notes(),
        plan.unread(),
        plan.closures());
  }

  private static Set<ModuleVersion> highest(Plan plan) {
    Map<ModulePath, ModuleVersion> highest = new HashMap<>();
    for (PlanItem item : plan.items()) {
      highest.merge(
          item.module().path(),
          item.module(),
          (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
    }
    return new HashSet<>(highest.values());
  }
}
