package dev.modgate.watcher.ask;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.watcher.api.BadRequestException;
import dev.modgate.watcher.plan.Closure;
import dev.modgate.watcher.plan.Plan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a plan of a request, or says what is wrong with it.
public final class PlanRequest {
  static final int MOST_MODULES = 100_000;
  private static final int MOST_CHARACTERS = 200;

  private PlanRequest() {}

  /// @throws BadRequestException naming the line or the entry that is wrong
  public static Plan plan(SyncRequest request) {
    Optional<GoMod> goMod = goMod(request.goMod());
    boolean needsNothing = goMod.map(mod -> mod.requires().isEmpty()).orElse(false);
    List<ModuleVersion> modules = modules(request);
    NavigableMap<String, byte[]> files = ProjectFiles.of(request);
    if (request.goSum() == null && modules.isEmpty() && goMod.isEmpty() && files.isEmpty()) {
      throw BadRequestException.unprocessable(
          "nothing to sync: give the files of a project, or modules as path@version");
    }
    String sumName = name(request.goSum(), "go.sum");
    Optional<GoSum> goSum = goSum(request.goSum(), sumName);
    Optional<GoMod> noted = goSum.isPresent() || needsNothing ? goMod : Optional.empty();
    Plan named = Plan.of(goSum, sumName, noted, modules);
    Plan plan = // a large go.sum is held once
        files.isEmpty()
            ? named.walking(closures(request, needsNothing))
            : Plan.union(
                List.of(
                    named.walking(closures(request, needsNothing)),
                    ProjectFiles.plan(files, request.walksAll())));
    if (goSum.isPresent() && plan.items().isEmpty() && !needsNothing) {
      throw BadRequestException.unprocessable("\"" + sumName + "\" names no module version");
    }
    if (plan.items().size() > MOST_MODULES) {
      throw BadRequestException.unprocessable(
          "the sync needs "
              + plan.items().size()
              + " module versions, at most "
              + MOST_MODULES
              + " are taken");
    }
    return plan;
  }

  /// The module graph of a go.mod that came alone, or of one that is to be walked all the same.
  private static List<Closure> closures(SyncRequest request, boolean needsNothing) {
    SyncRequest.TextFile goMod = request.goMod();
    if (goMod == null || needsNothing || (request.goSum() != null && !request.walksAll())) {
      return List.of();
    }
    var file = new Closure.File(name(goMod, "go.mod"), goMod.text() == null ? "" : goMod.text());
    var closure = new Closure(null, List.of(file), List.of());
    ProjectFiles.check(closure);
    return List.of(closure);
  }

  public static String label(SyncRequest request) {
    String label =
        request.label() == null || request.label().isBlank() ? "sync" : request.label().strip();
    return printable(label);
  }

  private static Optional<GoSum> goSum(SyncRequest.@Nullable TextFile file, String name) {
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(GoSum.parse(new ByteArrayInputStream(bytes(file)), name, MOST_MODULES));
    } catch (GoSumException e) {
      throw BadRequestException.unprocessable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory does not fail", e);
    }
  }

  private static Optional<GoMod> goMod(SyncRequest.@Nullable TextFile file) {
    if (file == null) {
      return Optional.empty();
    }
    String name = name(file, "go.mod");
    int length = file.text() == null ? 0 : file.text().length();
    if (length > GoMod.MAX_MAIN_BYTES) { // no copy is made of it
      throw BadRequestException.unprocessable(
          name
              + ": file has "
              + length
              + " characters, at most "
              + GoMod.MAX_MAIN_BYTES
              + " bytes are allowed");
    }
    try {
      return Optional.of(GoMod.parse(bytes(file), name));
    } catch (GoModException e) {
      throw BadRequestException.unprocessable(String.valueOf(e.getMessage()));
    }
  }

  private static List<ModuleVersion> modules(SyncRequest request) {
    var modules = new ArrayList<ModuleVersion>();
    List<@Nullable String> entries =
        Optional.<List<@Nullable String>>ofNullable(request.modules()).orElse(List.of());
    for (String text : entries) {
      if (text == null) { // JSON has it
        throw BadRequestException.unprocessable("modules[" + modules.size() + "] is null");
      }
      try {
        modules.add(ModuleVersion.parse(text));
      } catch (IllegalArgumentException e) {
        throw BadRequestException.unprocessable(
            "modules[" + modules.size() + "]: " + e.getMessage());
      }
    }
    return modules;
  }

  private static String name(SyncRequest.@Nullable TextFile file, String fallback) {
    String name = file == null || file.name() == null ? fallback : file.name();
    return printable(name);
  }

  private static String printable(String text) {
    String printable = Plain.of(text.replaceAll("\\p{Cntrl}", " "));
    return printable.length() <= MOST_CHARACTERS
        ? printable
        : printable.substring(0, MOST_CHARACTERS);
  }

  private static byte[] bytes(SyncRequest.TextFile file) {
    return (file.text() == null ? "" : file.text()).getBytes(StandardCharsets.UTF_8);
  }
}
