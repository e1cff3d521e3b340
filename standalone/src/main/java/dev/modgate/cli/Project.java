package dev.modgate.cli;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Plain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What one argument of `sync` names: a project's files, or module versions.
///
/// @param folder where `go build` is to run afterwards; null for module versions
/// @param goWork of a workspace, whose go.mods and go.sums come with it
/// @param modules module versions; of a project, the toolchains that its go.mod asks for
record Project(
    String label,
    @Nullable Path folder,
    @Nullable Path goWork,
    @Nullable Path goMod,
    @Nullable Path goSum,
    List<ModuleVersion> modules) {
  private static final long MAX_FILE_BYTES = 32L << 20;

  /// Sorts the arguments: each project is one, all module versions together are one. What reads as
  /// a toolchain is one, unless a project lies there.
  ///
  /// @throws CliException naming the first argument that is neither
  static List<Project> of(List<String> arguments, Toolchains toolchains) {
    var projects = new ArrayList<Project>();
    var modules = new LinkedHashSet<ModuleVersion>();
    for (String argument : arguments) {
      Path path = Path.of(argument);
      if (Toolchains.isName(argument) && !isProject(path)) {
        modules.addAll(toolchains.modules(argument));
      } else if (Files.isDirectory(path)) {
        projects.add(folder(path, argument).with(toolchains));
      } else if (Files.exists(path)) {
        projects.add(file(path, argument).with(toolchains));
      } else {
        modules.add(module(argument));
      }
    }
    if (!modules.isEmpty()) {
      projects.add(new Project(label(modules), null, null, null, null, List.copyOf(modules)));
    }
    return projects;
  }

  private static boolean isProject(Path path) {
    return Files.isRegularFile(path)
        || existing(path.resolve("go.work")) != null
        || existing(path.resolve("go.mod")) != null
        || existing(path.resolve("go.sum")) != null;
  }

  private static String label(SequencedSet<ModuleVersion> modules) {
    return modules.size() == 1
        ? modules.getFirst().toString()
        : modules.getFirst() + " and " + (modules.size() - 1) + " more";
  }

  private Project with(Toolchains toolchains) {
    return goMod == null || !toolchains.ofGoMod
        ? this
        : new Project(
            label,
            folder,
            goWork,
            goMod,
            goSum,
            toolchains.modules(parse(goMod), goMod.toString()));
  }

  private static Project folder(Path folder, String argument) {
    Path goWork = existing(folder.resolve("go.work"));
    Path goMod = existing(folder.resolve("go.mod"));
    Path goSum = existing(folder.resolve("go.sum"));
    if (goWork == null && goMod == null && goSum == null && vendored(folder) == null) {
      throw CliException.usage(
          "folder \"" + argument + "\" has no go.mod, go.sum, go.work or vendor/modules.txt");
    }
    return new Project(label(folder), folder, goWork, goMod, goSum, List.of()).readable();
  }

  private static @Nullable Path vendored(Path folder) {
    return existing(folder.resolve("vendor").resolve("modules.txt"));
  }

  private static Project file(Path file, String argument) {
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of("."));
    if (argument.endsWith(".sum")) {
      return new Project(
          label(file), folder, null, existing(folder.resolve("go.mod")), file, List.of());
    }
    if (argument.endsWith(".mod")) {
      Path goSum = existing(folder.resolve("go.sum"));
      return new Project(label(file), folder, null, file, goSum, List.of()).readable();
    }
    if (argument.endsWith(".work")) {
      return new Project(label(file), folder, file, null, null, List.of());
    }
    throw CliException.usage(
        "file \""
            + argument
            + "\" is no go.sum, go.mod or go.work: its name must end in .sum, .mod or .work");
  }

  /// A go.mod whose module graph is to be walked can be read, or its line is named at once.
  private Project readable() {
    if (goWork == null && goMod != null && goSum == null) {
      var _ = parse(goMod);
    }
    return this;
  }

  private static GoMod parse(Path goMod) {
    try {
      return GoMod.parse(read(goMod).getBytes(StandardCharsets.UTF_8), goMod.toString());
    } catch (GoModException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static ModuleVersion module(String argument) {
    if (!argument.contains("@")) {
      throw CliException.usage(
          "\""
              + argument
              + "\" is neither a file, a folder, a toolchain such as go1.25.4, nor"
              + " module@version");
    }
    try {
      return ModuleVersion.parse(argument);
    } catch (IllegalArgumentException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Path existing(Path file) {
    return Files.isRegularFile(file) ? file : null;
  }

  private static String label(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    if (Files.isRegularFile(folder)) {
      folder = Optional.ofNullable(folder.getParent()).orElse(folder);
    }
    return Plain.of(String.valueOf(Optional.ofNullable(folder.getFileName()).orElse(folder)));
  }

  /// Whether `go` wants a go.sum written before it builds.
  boolean isUnsummed() {
    return goWork == null && goMod != null && goSum == null && !parse(goMod).requires().isEmpty();
  }

  /// The body of `POST /api/v1/syncs` and `POST /api/v1/plans`.
  ///
  /// @param closure whether the module graph is walked although there is a go.sum
  /// @throws CliException when a file can't be read, or is no text
  ObjectNode request(boolean closure) {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("label", label);
    if (closure) {
      body.put("closure", true);
    }
    if (goSum != null && goWork == null && !closure) {
      putFile(body.putObject("goSum"), String.valueOf(goSum.getFileName()), goSum);
      if (goMod != null) {
        putFile(body.putObject("goMod"), "go.mod", goMod);
      }
    } else if (folder != null) {
      var files = body.putArray("files");
      sent(folder).forEach((name, file) -> putFile(files.addObject(), name, file));
    }
    if (!modules.isEmpty()) {
      var list = body.putArray("modules");
      modules.forEach(module -> list.add(module.toString()));
    }
    return body;
  }

  private Map<String, Path> sent(Path root) {
    var sent = new SentFiles(root);
    if (goWork != null) {
      sent.workspace(goWork);
    } else if (goMod != null) {
      sent.module(goMod, goSum);
    } else {
      sent.vendored();
    }
    return sent.files();
  }

  private static void putFile(ObjectNode into, String name, Path file) {
    into.put("name", name).put("text", read(file));
  }

  static String read(Path file) {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw CliException.usage(
            "\""
                + file
                + "\" has "
                + Files.size(file)
                + " bytes, at most "
                + MAX_FILE_BYTES
                + " are read");
      }
      return Files.readString(file);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw CliException.usage("\"" + file + "\" is not UTF-8 text");
    } catch (IOException e) {
      throw CliException.usage("\"" + file + "\" can't be read: " + e.getMessage());
    }
  }
}
