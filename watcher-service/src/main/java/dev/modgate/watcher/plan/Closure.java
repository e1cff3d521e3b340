package dev.modgate.watcher.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A main module or a workspace whose module graph says what it needs.
///
/// @param work the go.work; null for a single module
/// @param goMods of the main modules: one, or those that the go.work uses, each with the folder
///   that the go.work gives it as its name
/// @param folders go.mods of folders that take the place of modules, each with its folder as its
///   name, as `replace` has it, or in a workspace from the go.work's folder; one that is missing
///   counts as requiring nothing
public record Closure(@Nullable File work, List<File> goMods, List<File> folders) {
  public Closure {
    goMods = List.copyOf(goMods);
    folders = List.copyOf(folders);
  }

  /// @param name its path, as sentences call it
  public record File(String name, String text) {}
}
