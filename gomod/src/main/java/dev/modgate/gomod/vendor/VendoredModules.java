package dev.modgate.gomod.vendor;

import dev.modgate.gomod.module.ModuleVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a `vendor/modules.txt` names.
public final class VendoredModules {
  private VendoredModules() {}

  /// Lines that name no module version that could be had are passed over: a replacement by a
  /// folder, say. What is no UTF-8 reads as U+FFFD.
  ///
  /// @param most how many lines that may name one are read
  public static List<ModuleVersion> of(byte[] content, int most) {
    return new String(content, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("# "))
        .limit(most)
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
