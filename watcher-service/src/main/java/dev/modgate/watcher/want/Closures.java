package dev.modgate.watcher.want;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.modfile.Replace;
import dev.modgate.gomod.modfile.Use;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.plan.Closure;
import dev.modgate.watcher.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Finds the projects whose module graph is to be walked: each go.mod by itself, but those that a
/// go.work uses together.
final class Closures {
  private final NavigableMap<String, byte[]> files;
  private final CommitPlan.Graphs graphs;
  private final List<Closure> closures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  Closures(Map<String, byte[]> files, CommitPlan.Graphs graphs) {
    this.files = new TreeMap<>(files);
    this.graphs = graphs;
  }

  /// @param notes a sentence each
  record Found(List<Closure> closures, List<String> notes) {}

  Found found() {
    for (String path : files.keySet()) {
      if (name(path).equals("go.work")) {
        workspace(path);
      }
    }
    for (String path : files.keySet()) {
      if (name(path).equals("go.mod") && used.add(path)) {
        single(path);
      }
    }
    return new Found(closures, notes);
  }

  private void workspace(String path) {
    Optional<GoWork> work = work(path);
    if (work.isEmpty()) {
      return;
    }
    Map<String, String> members = new LinkedHashMap<>(); // by the folder that the go.work gives
    Map<String, GoMod> mods = new LinkedHashMap<>();
    for (Use use : work.get().uses()) {
      Optional<String> member = goModIn(folder(path), use.folder());
      if (member.isEmpty()) {
        notes.add(Quoted.of(path) + " uses " + Quoted.of(use.folder()) + Plan.NO_MEMBER);
      }
      member.ifPresent(it -> {
        members.put(use.folder(), it);
        goMod(it).ifPresent(mod -> mods.put(use.folder(), mod));
        used.add(it);
      });
    }
    boolean summed =
        mods.entrySet().stream()
            .allMatch(it -> isSummed(members.getOrDefault(it.getKey(), ""), it.getValue()));
    if (mods.isEmpty() || (graphs == CommitPlan.Graphs.WITHOUT_SUM && summed)) {
      return;
    }
    List<Closure.File> goMods =
        members.entrySet().stream()
            .map(it -> new Closure.File(it.getKey(), text(it.getValue())))
            .toList();
    var folders = new ArrayList<Closure.File>();
    work.get().replaces().forEach(it -> folder(folder(path), "", it).ifPresent(folders::add));
    mods.forEach((folder, mod) ->
        mod.replaces().forEach(it -> folder(folder(path), folder, it).ifPresent(folders::add)));
    walk(path, new Closure(file(path), goMods, folders));
  }

  private void single(String path) {
    Optional<GoMod> mod = goMod(path);
    if (mod.isEmpty()
        || mod.get().requires().isEmpty()
        || (graphs == CommitPlan.Graphs.WITHOUT_SUM && isSummed(path, mod.get()))) {
      return;
    }
    var folders = new ArrayList<Closure.File>();
    mod.get().replaces().forEach(it -> folder(folder(path), "", it).ifPresent(folders::add));
    walk(path, new Closure(null, List.of(file(path)), folders));
  }

  private void walk(String path, Closure closure) {
    if (graphs == CommitPlan.Graphs.WITHOUT_SUM) {
      notes.add(
          Quoted.of(path)
              + " has no go.sum beside it: its module graph says what it needs, and the checksum"
              + " database alone what is right");
    }
    closures.add(closure);
  }

  private boolean isSummed(String goMod, GoMod mod) {
    return mod.requires().isEmpty() || files.containsKey(folder(goMod) + "go.sum");
  }

  /// The go.mod of a folder that takes a module's place.
  ///
  /// @param member the folder of the go.mod that says so, below `root`; or empty
  private Optional<Closure.File> folder(String root, String member, Replace replace) {
    if (replace.withVersion().isPresent()) {
      return Optional.empty();
    }
    String name = member.isEmpty() ? replace.withPath() : member + "/" + replace.withPath();
    return goModIn(root, name).map(it -> new Closure.File(name, text(it)));
  }

  private Optional<String> goModIn(String root, String folder) {
    return resolve(root, folder).map(it -> it + "go.mod").filter(files::containsKey);
  }

  private Closure.File file(String path) {
    return new Closure.File(path, text(path));
  }

  private String text(String path) {
    return new String(Optional.ofNullable(files.get(path)).orElseThrow(), UTF_8);
  }

  private Optional<GoWork> work(String path) {
    try {
      return Optional.of(GoWork.parse(Optional.ofNullable(files.get(path)).orElseThrow(), path));
    } catch (GoModException e) {
      notes.add(
          Plain.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""))
              + "; it is left out");
      return Optional.empty();
    }
  }

  private Optional<GoMod> goMod(String path) {
    try {
      return Optional.of(GoMod.parse(Optional.ofNullable(files.get(path)).orElseThrow(), path));
    } catch (GoModException e) {
      return Optional.empty(); // it is noted where the plan is made
    }
  }

  /// Follows a relative folder inside the tree.
  ///
  /// @param from with `/` at its end, or empty
  /// @return the same way; empty where it leads out of the tree
  static Optional<String> resolve(String from, String folder) {
    if (folder.startsWith("/")) {
      return Optional.empty();
    }
    Deque<String> names = new ArrayDeque<>();
    for (String name : (from + folder).split("/+", -1)) {
      if (name.equals("..")) {
        if (names.isEmpty()) {
          return Optional.empty();
        }
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return Optional.of(names.isEmpty() ? "" : String.join("/", names) + "/");
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
