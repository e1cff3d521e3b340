package dev.modgate.watcher.want;

import dev.modgate.gomod.module.ModuleVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a `vendor/modules.txt` names. A build from the vendor folder needs none of it; `go mod
/// vendor` and `go mod tidy` do.
///
/// Source: `cmd/go/internal/modload/vendor.go`. A line `# path version` begins a module, `# path
/// version => path version` a replaced one; what else begins with `#`, and the packages, say
/// nothing about versions.
final class VendoredModules {
  private VendoredModules() {}

  /// Lines that name no module version that could be had are passed over: a replacement by a
  /// folder, say.
  static List<ModuleVersion> of(byte[] content) {
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("# "))
        .limit(CommitPlan.MOST_MODULES)
        .flatMap(line -> module(line.substring(2)).stream())
        .distinct()
        .toList();
  }

  private static Optional<ModuleVersion> module(String line) {
    int arrow = line.indexOf(" => ");
    String[] words = (arrow < 0 ? line : line.substring(arrow + 4)).strip().split(" +", 3);
    if (words.length != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(ModuleVersion.parse(words[0] + "@" + words[1]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
