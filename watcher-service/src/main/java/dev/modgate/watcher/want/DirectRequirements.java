package dev.modgate.watcher.want;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.Replace;
import dev.modgate.gomod.modfile.Require;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.watcher.plan.Closure;
import dev.modgate.watcher.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What can be said of projects whose module graph can't be walked: an agent sees no proven go.mod.
public final class DirectRequirements {
  private DirectRequirements() {}

  /// The plan with what the go.mods of its module graphs require themselves, in place of the
  /// graphs.
  public static Plan of(Plan plan) {
    if (plan.closures().isEmpty()) {
      return plan;
    }
    var modules = new ArrayList<ModuleVersion>();
    for (Closure closure : plan.closures()) {
      closure.goMods().forEach(file -> goMod(file).ifPresent(mod -> add(modules, mod)));
    }
    var direct =
        Plan.of(Optional.empty(), "", Optional.empty(), modules)
            .noting(
                "where a go.sum is missing, only what the go.mod itself requires is requested; run:"
                    + " go mod tidy");
    return Plan.union(List.of(plan, direct)).walking(List.of());
  }

  private static void add(List<ModuleVersion> modules, GoMod goMod) {
    Set<String> replaced = new HashSet<>();
    for (Replace replace : goMod.replaces()) {
      replaced.add(replace.path());
      replace.replacement().ifPresent(modules::add);
    }
    for (Require require : goMod.requires()) {
      if (!replaced.contains(require.path())) {
        require.moduleVersion().ifPresent(modules::add);
      }
    }
  }

  private static Optional<GoMod> goMod(Closure.File file) {
    try {
      return Optional.of(GoMod.parse(file.text().getBytes(UTF_8), file.name()));
    } catch (GoModException e) {
      return Optional.empty(); // it is noted where the plan is made
    }
  }
}
