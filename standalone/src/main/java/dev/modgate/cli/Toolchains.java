package dev.modgate.cli;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.toolchain.Platform;
import dev.modgate.gomod.toolchain.Toolchain;
import dev.modgate.gomod.toolchain.ToolchainName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// Which Go toolchains a sync brings, and for which platforms. To the API each is a module version.
final class Toolchains {
  @Option(
      names = "--toolchain",
      description = "also the Go toolchain that each go.mod asks for, by its toolchain or go line")
  boolean ofGoMod;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      split = ",",
      description =
          "platforms of the toolchains, such as linux/amd64,darwin/arm64 (default: the one of this"
              + " machine)")
  List<String> named = List.of();

  /// Whether an argument means one: `go1.25.4`.
  static boolean isName(String argument) {
    return argument.matches("go[0-9][^/@\\\\]*");
  }

  /// @throws CliException where it is none, or there is no platform for it
  List<ModuleVersion> modules(String name) {
    try {
      return forEachPlatform(new ToolchainName(name));
    } catch (IllegalArgumentException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  /// None where it asks for none.
  ///
  /// @param file what error sentences call it
  /// @throws CliException where it asks for one that nobody has, or there is no platform for it
  List<ModuleVersion> modules(GoMod goMod, String file) {
    return modules(() -> ToolchainName.neededBy(goMod), file);
  }

  /// The same of a workspace, whose go.mods do not count for this.
  List<ModuleVersion> modules(GoWork work, String file) {
    return modules(() -> ToolchainName.neededBy(work), file);
  }

  private List<ModuleVersion> modules(Supplier<Optional<ToolchainName>> needed, String file) {
    try {
      return needed.get().map(this::forEachPlatform).orElse(List.of());
    } catch (IllegalArgumentException e) {
      throw CliException.usage(Quoted.of(file) + ": " + e.getMessage());
    }
  }

  private List<ModuleVersion> forEachPlatform(ToolchainName name) {
    return platforms().stream().map(platform -> new Toolchain(name, platform).module()).toList();
  }

  private List<Platform> platforms() {
    return named.isEmpty()
        ? List.of(ofThisMachine())
        : new LinkedHashSet<>(named).stream().map(Platform::parse).toList();
  }

  private static Platform ofThisMachine() {
    try {
      return Platform.ofJava(System.getProperty("os.name"), System.getProperty("os.arch"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "this machine's " + e.getMessage() + "; --platform names another", e);
    }
  }

  /// What a person should know of the toolchains of a sync.
  ///
  /// @param what its arguments, and what they came to
  /// @throws CliException where an option has nothing to be about
  List<String> notes(List<String> what, List<Project> projects) {
    boolean byName = what.stream().anyMatch(Toolchains::isName);
    if (ofGoMod && projects.stream().allMatch(project -> project.goMod() == null)) {
      throw CliException.usage("--toolchain looks into a go.mod, and none is named");
    }
    if (!named.isEmpty() && !ofGoMod && !byName) {
      throw CliException.usage(
          "--platform is about toolchains, and none is named; name one, such as go1.25.4, or add"
              + " --toolchain, which looks into the go.mod");
    }
    var notes = new ArrayList<String>();
    boolean any = byName;
    for (Project project : projects) {
      if (project.folder() != null) {
        any |= !project.modules().isEmpty();
        if (ofGoMod && project.modules().isEmpty()) {
          notes.add(project.label() + " asks for no toolchain that go would fetch");
        }
      }
    }
    if (any && named.isEmpty()) {
      notes.add(
          "toolchains are brought for "
              + ofThisMachine()
              + ", the platform of this machine; --platform names others");
    }
    return notes;
  }
}
