package dev.modgate.watcher.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.graph.GraphRoots;
import dev.modgate.gomod.graph.Requirements;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.watcher.plan.Closure;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where walks begin, by the files of their projects.
public final class ClosureRoots {
  private ClosureRoots() {}

  /// @throws BadClosureException naming the file and what is wrong with it
  public static List<GraphRoots> of(List<Closure> closures) throws BadClosureException {
    var roots = new ArrayList<GraphRoots>();
    for (Closure closure : closures) {
      roots.add(of(closure));
    }
    return roots;
  }

  private static GraphRoots of(Closure closure) throws BadClosureException {
    Map<String, Requirements> folders = new HashMap<>();
    for (Closure.File folder : closure.folders()) {
      folders.put(normal(folder.name()), Requirements.of(read(folder, true)));
    }
    return begin(closure).withFolders(name -> Optional.ofNullable(folders.get(normal(name))));
  }

  private static String normal(String folder) {
    try {
      return Path.of(folder).normalize().toString();
    } catch (InvalidPathException e) {
      return folder; // one that no file system has
    }
  }

  private static GraphRoots begin(Closure closure) throws BadClosureException {
    Closure.File work = closure.work();
    Map<String, GoMod> mods = new LinkedHashMap<>();
    for (Closure.File file : closure.goMods()) {
      mods.put(file.name(), read(file, false));
    }
    try {
      return work == null
          ? GraphRoots.of(mods.values().iterator().next())
          : GraphRoots.of(read(work), mods);
    } catch (IllegalArgumentException e) {
      String name = work == null ? closure.goMods().getFirst().name() : work.name();
      throw new BadClosureException(name + ": " + e.getMessage(), e);
    }
  }

  private static GoMod read(Closure.File file, boolean lax) throws BadClosureException {
    byte[] text = file.text().getBytes(UTF_8);
    try {
      return lax ? GoMod.parseLax(text, file.name()) : GoMod.parse(text, file.name());
    } catch (GoModException e) {
      throw new BadClosureException(String.valueOf(e.getMessage()), e);
    }
  }

  private static GoWork read(Closure.File file) throws BadClosureException {
    try {
      return GoWork.parse(file.text().getBytes(UTF_8), file.name());
    } catch (GoModException e) {
      throw new BadClosureException(String.valueOf(e.getMessage()), e);
    }
  }
}
