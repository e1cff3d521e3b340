package dev.modgate.gomod.oracle;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/// A small world of modules that require each other at random: cycles, modules from before pruning,
/// forks, folders, exclusions, and a main module or a workspace that is anything but tidy.
final class RandomModules {
  private static final String MAIN = "example.com/main";
  private static final List<String> GO_LINES =
      List.of("", "1.14", "1.16", "1.17", "1.18", "1.20", "1.21", "1.21.4", "1.22.0", "1.25.3");

  private final Random random;
  private final List<ModuleVersion> versions = new ArrayList<>();

  /// The go.mod of each version.
  final Map<ModuleVersion, String> goMods = new TreeMap<>();

  /// The go.mod of each folder that may be a replacement.
  final Map<String, String> folders = new TreeMap<>();

  RandomModules(long seed) {
    this.random = new Random(seed);
    int paths = 4 + random.nextInt(9);
    for (int i = 0; i < paths; i++) {
      addVersions(i);
    }
    for (ModuleVersion version : versions) {
      goMods.put(version, goMod(version.path().value(), random.nextInt(5)));
    }
    goMods.put(ModuleVersion.parse(MAIN + "@v1.0.0"), goMod(MAIN, 2));
    for (int i = 0; i < 2; i++) {
      folders.put("./folder" + i, goMod("example.com/folder" + i, random.nextInt(3)));
    }
  }

  private void addVersions(int path) {
    String major = path % 5 == 4 ? "/v2" : "";
    for (int i = 0; i <= random.nextInt(4); i++) {
      String version =
          major.isEmpty()
              ? switch (random.nextInt(8)) {
                case 0 -> "v2." + i + ".0+incompatible";
                case 1 -> "v0.0.0-2020010100000" + i + "-abcdefabcdef";
                case 2 -> "v1." + i + ".0-rc." + random.nextInt(12);
                default -> "v1." + i + "." + random.nextInt(12);
              }
              : "v2." + i + ".0";
      var module = ModuleVersion.parse("example.com/m" + path + major + "@" + version);
      if (!versions.contains(module)) {
        versions.add(module);
      }
    }
  }

  private String goMod(String path, int requires) {
    var text = new StringBuilder("module " + path + "\n");
    String go = pick(GO_LINES);
    text.append(go.isEmpty() ? "" : "go " + go + "\n");
    for (int i = 0; i < requires; i++) {
      text.append("require ").append(requirement()).append('\n');
    }
    if (random.nextInt(12) == 0) {
      text.append("require " + MAIN + " v1.0.0\n");
    }
    return text.toString();
  }

  private String requirement() {
    ModuleVersion module = pick(versions);
    return module.path() + " " + module.version() + (random.nextInt(3) == 0 ? " // indirect" : "");
  }

  /// @param path `example.com/main` or that of a workspace's member
  String main(String path, List<String> goLines) {
    String go = pick(goLines);
    var text = new StringBuilder("module " + path + "\n" + (go.isEmpty() ? "" : "go " + go + "\n"));
    if (random.nextInt(4) == 0 && go.compareTo("1.21") >= 0) {
      text.append("toolchain go1.25.9\n");
    }
    int requires = random.nextInt(7);
    for (int i = 0; i < requires; i++) {
      text.append("require ").append(requirement()).append('\n');
    }
    if (random.nextInt(3) == 0) {
      ModuleVersion excluded = pick(versions);
      text.append("exclude " + excluded.path() + " " + excluded.version() + "\n");
    }
    text.append(replaces());
    return text.toString();
  }

  String replaces() {
    var text = new StringBuilder();
    if (random.nextInt(3) == 0) {
      ModuleVersion old = pick(versions);
      String version = random.nextBoolean() ? " " + old.version() : "";
      var fork = ModuleVersion.parse("example.org/fork@v1." + random.nextInt(3) + ".0");
      goMods.put(fork, goMod(old.path().value(), random.nextInt(4)));
      text.append(
          "replace " + old.path() + version + " => " + fork.path() + " " + fork.version() + "\n");
    } else if (random.nextInt(3) == 0) {
      ModuleVersion old = pick(versions);
      text.append("replace " + old.path() + " => " + pick(List.copyOf(folders.keySet())) + "\n");
    }
    return text.toString();
  }

  String goMod(ModuleVersion module) {
    return Objects.requireNonNull(goMods.get(module), module.toString());
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /// As a folder that serves as GOPROXY.
  Path writeProxy(Path root) throws IOException {
    for (var entry : goMods.entrySet()) {
      ModuleVersion module = entry.getKey();
      write(root.resolve(ProxyPath.mod(module)), entry.getValue());
      write(
          root.resolve(ProxyPath.info(module)),
          "{\"Version\":\"" + module.version() + "\",\"Time\":\"2020-01-01T00:00:00Z\"}");
    }
    return root;
  }

  /// The folders, below that of the main module or the go.work.
  void writeFolders(Path root) throws IOException {
    for (var entry : folders.entrySet()) {
      write(root.resolve(entry.getKey()).resolve("go.mod"), entry.getValue());
    }
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
