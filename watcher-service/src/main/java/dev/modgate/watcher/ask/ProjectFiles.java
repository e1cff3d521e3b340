package dev.modgate.watcher.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.plan.Closure;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.source.Source.Depth;
import dev.modgate.watcher.walk.BadClosureException;
import dev.modgate.watcher.walk.ClosureRoots;
import dev.modgate.watcher.want.CommitFiles;
import dev.modgate.watcher.want.CommitPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The files of a project that somebody sent. Unlike in a commit, a broken one is an error: who
/// sent it can mend it.
final class ProjectFiles {
  private static final int MOST_FILES = 1_000;
  private static final int LONGEST_PATH = 1_000;

  private ProjectFiles() {}

  /// By their paths in the project.
  ///
  /// @throws BadRequestException naming the entry that is wrong
  static NavigableMap<String, byte[]> of(SyncRequest request) {
    var files = new TreeMap<String, byte[]>();
    List<SyncRequest.@Nullable TextFile> sent = request.files();
    if (sent == null) {
      return files;
    }
    if (sent.size() > MOST_FILES) {
      throw BadRequestException.unprocessable(
          "files has " + sent.size() + " entries, at most " + MOST_FILES + " are taken");
    }
    for (int i = 0; i < sent.size(); i++) {
      SyncRequest.TextFile file = sent.get(i);
      if (file == null || file.name() == null || file.text() == null) {
        throw BadRequestException.unprocessable("files[" + i + "] has no name or no text");
      }
      String path = path(i, file.name());
      if (files.put(path, file.text().getBytes(UTF_8)) != null) {
        throw BadRequestException.unprocessable(
            "files[" + i + "]: " + Quoted.of(path) + " was given before");
      }
    }
    return files;
  }

  private static String path(int index, String name) {
    String base = name.substring(name.lastIndexOf('/') + 1);
    boolean known =
        switch (base) {
          case "go.mod", "go.sum", "go.work", "go.work.sum" -> true;
          default -> name.equals("vendor/modules.txt") || name.endsWith("/vendor/modules.txt");
        };
    boolean plain =
        !name.startsWith("/")
            && name.length() <= LONGEST_PATH
            && name.chars().noneMatch(Character::isISOControl)
            && List.of(name.split("/", -1)).stream()
                .noneMatch(it -> it.isEmpty() || it.equals(".") || it.equals(".."));
    if (!known || !plain) {
      throw BadRequestException.unprocessable(
          "files["
              + index
              + "] is "
              + Quoted.of(name)
              + ", want the path of a go.mod, go.sum, go.work, go.work.sum or vendor/modules.txt"
              + " within the project");
    }
    return name;
  }

  /// @param closure whether every module graph is walked, or those without a go.sum alone
  /// @throws BadRequestException naming the line that is wrong
  static Plan plan(NavigableMap<String, byte[]> files, boolean closure) {
    files.forEach(ProjectFiles::parse);
    Plan plan =
        CommitPlan.of(
            new CommitFiles("", "", files),
            Depth.BUILD,
            closure ? CommitPlan.Graphs.ALL : CommitPlan.Graphs.WITHOUT_SUM);
    plan.closures().forEach(ProjectFiles::check);
    return plan.items().isEmpty() && plan.closures().isEmpty()
        ? plan.noting("the project requires no module: there is nothing to bring inside")
        : plan;
  }

  private static void parse(String path, byte[] text) {
    try {
      switch (path.substring(path.lastIndexOf('/') + 1)) {
        case "go.mod" -> GoMod.parse(text, path);
        case "go.work" -> GoWork.parse(text, path);
        case "go.sum", "go.work.sum" ->
            GoSum.parse(new ByteArrayInputStream(text), path, PlanRequest.MOST_MODULES);
        default -> {} // vendor/modules.txt has no form of its own
      }
    } catch (GoModException | GoSumException e) {
      throw BadRequestException.unprocessable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
    }
  }

  /// @throws BadRequestException where no module graph begins with it
  static void check(Closure closure) {
    try {
      ClosureRoots.of(List.of(closure));
    } catch (BadClosureException e) {
      throw BadRequestException.unprocessable(e.sentence());
    }
  }
}
