package dev.modgate.gomod.graph;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.module.ModuleVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/// Go.mods that a walk may ask for, and what it asked.
final class Modules {
  private final Map<ModuleVersion, Known> goMods = new HashMap<>();

  /// Of each step.
  final List<SortedSet<ModuleVersion>> asked = new ArrayList<>();

  static GoMod main(String text) {
    return read("module main.test/m\n" + text);
  }

  static GoMod read(String text) {
    try {
      return GoMod.parse(text.getBytes(StandardCharsets.UTF_8), "go.mod");
    } catch (GoModException e) {
      throw new AssertionError(e);
    }
  }

  /// @param module `path@version`
  /// @param text its go.mod without the module line
  Modules with(String module, String text) {
    var version = ModuleVersion.parse(module);
    Requirements requirements = Requirements.of(read("module " + version.path() + "\n" + text));
    goMods.put(version, new Known.Read(requirements));
    return this;
  }

  Modules without(String module, String sentence) {
    goMods.put(ModuleVersion.parse(module), new Known.Unreadable(sentence));
    return this;
  }

  /// To the end, step by step.
  ModuleGraph walk(GraphRoots roots, GraphDepth depth) {
    Map<ModuleVersion, Known> known = new HashMap<>();
    while (true) {
      switch (GraphWalk.walk(
          roots, depth, GraphLimits.DEFAULT, m -> known.getOrDefault(m, new Known.Unread()))) {
        case Outcome.Complete(var graph) -> {
          return graph;
        }
        case Outcome.TooLarge(var sentence) -> throw new AssertionError(sentence);
        case Outcome.Needs needs -> {
          asked.add(needs.goMods());
          needs
              .goMods()
              .forEach(m -> known.put(m, goMods.getOrDefault(m, new Known.Unreadable("absent"))));
        }
      }
    }
  }

  ModuleGraph walk(String main) {
    return walk(GraphRoots.of(main(main)), GraphDepth.BUILD);
  }
}
