package dev.modgate.gomod.toolchain;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One toolchain for one platform.
public record Toolchain(ToolchainName name, Platform platform) {
  /// Whose versions they are.
  public static final ModulePath MODULE = new ModulePath("golang.org/toolchain");

  private static final Pattern VERSION =
      Pattern.compile("v0\\.0\\.1-(go.+)\\.([a-z0-9]+)-([a-z0-9]+)");

  /// As what it is downloaded.
  public ModuleVersion module() {
    return new ModuleVersion(
        MODULE, Version.parse("v0.0.1-" + name + "." + platform.os() + "-" + platform.arch()));
  }

  /// Undoes [#module]; empty for what is no toolchain of the Go project.
  public static Optional<Toolchain> of(ModuleVersion module) {
    Matcher version = VERSION.matcher(module.version().toString());
    if (!module.path().equals(MODULE) || !version.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Toolchain(
              new ToolchainName(version.group(1)),
              new Platform(version.group(2), version.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return name + " for " + platform;
  }
}
