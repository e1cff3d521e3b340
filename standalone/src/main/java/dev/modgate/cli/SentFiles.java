package dev.modgate.cli;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.modfile.Replace;
import dev.modgate.gomod.modfile.Use;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers the files of a project that say what it needs, by their paths in it. What lies outside
/// of its folder is left behind, and the server says what it misses.
final class SentFiles {
  private final Path root;
  private final Map<String, Path> files = new LinkedHashMap<>();

  SentFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Map<String, Path> files() {
    return files;
  }

  /// @throws CliException naming the line of the go.work that is wrong
  void workspace(Path file) {
    put("go.work", file);
    put(file.resolveSibling("go.work.sum"));
    GoWork work;
    try {
      work = GoWork.parse(Project.read(file).getBytes(StandardCharsets.UTF_8), file.toString());
    } catch (GoModException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
    replaced(root, work.replaces());
    for (Use use : work.uses()) {
      Path folder = root.resolve(use.folder());
      if (Files.isRegularFile(folder.resolve("go.mod"))) {
        put(folder.resolve("go.mod"));
        put(folder.resolve("go.sum"));
        replaced(folder, parse(folder.resolve("go.mod")).replaces());
      }
    }
  }

  /// @throws CliException naming the line of the go.mod that is wrong
  void module(Path goMod, @Nullable Path goSum) {
    put("go.mod", goMod);
    if (goSum != null) {
      put("go.sum", goSum);
    }
    replaced(root, parse(goMod).replaces());
  }

  void vendored() {
    put(root.resolve("vendor").resolve("modules.txt"));
  }

  private void replaced(Path from, List<Replace> replaces) {
    for (Replace replace : replaces) {
      if (replace.withVersion().isEmpty()) {
        put(from.resolve(replace.withPath()).resolve("go.mod"));
      }
    }
  }

  private void put(Path file) {
    Path path = file.toAbsolutePath().normalize();
    if (path.startsWith(root) && Files.isRegularFile(path)) {
      put(root.relativize(path).toString().replace('\\', '/'), path);
    }
  }

  private void put(String name, Path file) {
    files.putIfAbsent(name, file);
  }

  private static GoMod parse(Path file) {
    try {
      return GoMod.parse(Project.read(file).getBytes(StandardCharsets.UTF_8), file.toString());
    } catch (GoModException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }
}
