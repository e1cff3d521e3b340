package dev.modgate.cli;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.modfile.Use;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.vendor.VendoredModules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the files of a project say, read where the command runs: of one main module, or of a
/// workspace, whose go.work then comes before a go.mod beside it.
///
/// @param folder that of the go.mod, go.work or go.sum
/// @param members the go.mods of a workspace, by the folder as its go.work writes it; of a single
///   module, that one, as `.`
/// @param sums each go.sum and go.work.sum, by the way to it from the folder
/// @param vendored what vendor/modules.txt names; read only where there is no go.mod
record ProjectFiles(
    Path folder,
    Optional<GoWork> work,
    Map<String, GoMod> members,
    Map<String, GoSum> sums,
    List<ModuleVersion> vendored) {
  private static final int MOST_SUM_BYTES = 32 << 20;
  private static final int MOST_MODULES = 100_000;

  /// @param argument a folder, a go.mod, a go.work or a go.sum
  /// @throws CliException when it is none, or a file can't be read
  static ProjectFiles of(String argument) {
    Path path = Path.of(argument);
    if (Files.isDirectory(path)) {
      return ofFolder(path, path.resolve("go.work"), path.resolve("go.mod"), argument);
    }
    if (!Files.isRegularFile(path)) {
      throw CliException.usage("\"" + argument + "\" is neither a folder nor a file");
    }
    Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of("."));
    Path none = folder.resolve("no such file");
    if (argument.endsWith(".work")) {
      return ofFolder(folder, path, none, argument);
    }
    if (argument.endsWith(".mod")) {
      return ofFolder(folder, none, path, argument);
    }
    if (argument.endsWith(".sum")) {
      return new ProjectFiles(
          folder, Optional.empty(), Map.of(), Map.of(name(path), sum(path)), List.of());
    }
    throw CliException.usage(
        "file \""
            + argument
            + "\" is none of go.mod, go.work and go.sum: its name must end in .mod, .work or .sum");
  }

  private static ProjectFiles ofFolder(Path folder, Path work, Path mod, String argument) {
    Map<String, GoMod> members = new LinkedHashMap<>();
    Map<String, GoSum> sums = new LinkedHashMap<>();
    if (Files.isRegularFile(work)) {
      GoWork goWork = work(work);
      addSum(sums, folder, "go.work.sum");
      for (Use use : goWork.uses()) {
        Path member = folder.resolve(use.folder()).normalize();
        members.put(use.folder(), mod(member.resolve("go.mod")));
        addSum(sums, folder, folder.relativize(member.resolve("go.sum")).toString());
      }
      return new ProjectFiles(folder, Optional.of(goWork), members, sums, List.of());
    }
    if (Files.isRegularFile(mod)) {
      members.put(".", mod(mod));
    }
    addSum(sums, folder, "go.sum");
    Path vendor = folder.resolve("vendor").resolve("modules.txt");
    boolean vendorAlone = members.isEmpty() && sums.isEmpty() && Files.isRegularFile(vendor);
    List<ModuleVersion> vendored =
        vendorAlone ? VendoredModules.of(read(vendor, MOST_SUM_BYTES), MOST_MODULES) : List.of();
    if (members.isEmpty() && sums.isEmpty() && !vendorAlone) {
      throw CliException.usage(
          "folder \"" + argument + "\" has none of go.work, go.mod, go.sum, vendor/modules.txt");
    }
    return new ProjectFiles(folder, Optional.empty(), members, sums, vendored);
  }

  private static void addSum(Map<String, GoSum> sums, Path folder, String name) {
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file)) {
      sums.put(name, sum(file));
    }
  }

  /// What is required, replaced by nothing, and stands in no go.sum, as `path@version`.
  List<String> unsummed() {
    Set<ModuleVersion> summed = new HashSet<>();
    sums.values().forEach(sum -> sum.lines().forEach(line -> summed.add(line.module())));
    Set<String> elsewhere = new HashSet<>();
    work.ifPresent(file -> file.replaces().forEach(r -> elsewhere.add(r.path())));
    for (GoMod mod : members.values()) {
      mod.module().ifPresent(elsewhere::add);
      mod.replaces().forEach(replace -> elsewhere.add(replace.path()));
      mod.excludes().forEach(exclude -> elsewhere.add(exclude.path()));
    }
    return members.values().stream()
        .flatMap(mod -> mod.requires().stream())
        .filter(require -> !elsewhere.contains(require.path()))
        .filter(require -> require.moduleVersion().filter(summed::contains).isEmpty())
        .map(require -> require.path() + "@" + require.version())
        .toList();
  }

  /// The go.mod of a folder that a replacement names; empty where it has none.
  ///
  /// @param from the folder as the replacement writes it
  Optional<GoMod> replacement(String from) {
    Path file = folder.resolve(from).resolve("go.mod");
    return Files.isRegularFile(file) ? Optional.of(mod(file)) : Optional.empty();
  }

  private static GoMod mod(Path file) {
    try {
      return GoMod.parse(read(file, GoMod.MAX_MAIN_BYTES), file.toString());
    } catch (GoModException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static GoWork work(Path file) {
    try {
      return GoWork.parse(read(file, GoMod.MAX_MAIN_BYTES), file.toString());
    } catch (GoModException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static GoSum sum(Path file) {
    try {
      return GoSum.parse(
          new ByteArrayInputStream(read(file, MOST_SUM_BYTES)), file.toString(), MOST_MODULES);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GoSumException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] read(Path file, int most) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw CliException.usage(
            Quoted.of(file.toString())
                + " has more than "
                + most
                + " bytes, the most that are read");
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static CliException unreadable(Path file, IOException e) {
    return CliException.usage(Quoted.of(file.toString()) + " can't be read: " + e.getMessage());
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
