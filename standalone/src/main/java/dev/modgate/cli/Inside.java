package dev.modgate.cli;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.toolchain.Toolchain;
import dev.modgate.gomod.toolchain.ToolchainName;
import dev.modgate.standalone.RunInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The closed side, as a developer there is to be told of it.
///
/// @param gateway what to set GOPROXY to
/// @param sumdb what to set GOSUMDB to; empty where its default will do
record Inside(String gateway, String sumdb) {
  static Inside of(RunInfo run) {
    return new Inside(run.gateway(), Objects.requireNonNullElse(run.gosumdb(), ""));
  }

  /// The shell lines that work once a project is inside.
  List<String> lines(Project project) {
    Path folder = project.folder();
    if (folder != null) {
      String go = " && GOPROXY=" + gateway + " go ";
      return List.of(
          "cd "
              + quoted(folder.toString())
              + (project.isUnsummed() ? go + "mod tidy" : "")
              + go
              + "build ./...");
    }
    var lines = new ArrayList<String>();
    project.modules().stream()
        .filter(module -> Toolchain.of(module).isEmpty())
        .findFirst()
        .ifPresent(module -> lines.add(environment() + " go get " + module));
    toolchains(project.modules())
        .forEach((name, platforms) ->
            lines.add(
                "GOTOOLCHAIN=" + name + " " + environment() + " go version  # on " + platforms));
    return lines;
  }

  private static Map<ToolchainName, String> toolchains(List<ModuleVersion> modules) {
    return modules.stream()
        .map(Toolchain::of)
        .flatMap(Optional::stream)
        .collect(
            Collectors.groupingBy(
                Toolchain::name,
                LinkedHashMap::new,
                Collectors.mapping(
                    toolchain -> toolchain.platform().toString(), Collectors.joining(", "))));
  }

  private String environment() {
    return "GOPROXY=" + gateway + (sumdb.isEmpty() ? "" : " GOSUMDB=" + quoted(sumdb));
  }

  private static String quoted(String text) {
    return Plain.of(
        text.matches("[A-Za-z0-9._/+@:-]+") ? text : "'" + text.replace("'", "'\\''") + "'");
  }
}
