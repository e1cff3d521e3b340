package dev.modgate.gomod.proxy;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.Optional;

/// The paths of the GOPROXY protocol below its base: case-encoded, without a leading slash, as in
/// `github.com/!burnt!sushi/toml/@v/v1.0.0.info`. They are the zone store's object keys too.
public final class ProxyPath {
  private static final String VERSIONS = "@v/";

  private ProxyPath() {}

  public static String list(ModulePath module) {
    return module.escaped() + "/@v/list";
  }

  public static String latest(ModulePath module) {
    return module.escaped() + "/@latest";
  }

  public static String info(ModuleVersion module) {
    return file(module, ".info");
  }

  public static String mod(ModuleVersion module) {
    return file(module, ".mod");
  }

  public static String zip(ModuleVersion module) {
    return file(module, ".zip");
  }

  /// Reads a path as a client asks for it, percent-decoded, without a leading slash.
  ///
  /// Empty where it is none of the protocol's five: another ending, a path or version that is not
  /// valid or not case-encoded, or a version that is not canonical (`master`, `v1.2`: a proxy may
  /// resolve such queries, and need not).
  public static Optional<ProxyRequest> parse(String path) {
    int at = path.indexOf("/@");
    if (at < 0) {
      return Optional.empty();
    }
    String rest = path.substring(at + 1);
    try {
      ModulePath module = ModulePath.unescape(path.substring(0, at));
      return switch (rest) {
        case "@latest" -> Optional.of(new ProxyRequest.Latest(module));
        case "@v/list" -> Optional.of(new ProxyRequest.VersionList(module));
        default -> parseFile(module, rest);
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<ProxyRequest> parseFile(ModulePath module, String rest) {
    int dot = rest.lastIndexOf('.');
    if (!rest.startsWith(VERSIONS) || dot < VERSIONS.length()) {
      return Optional.empty();
    }
    String ending = rest.substring(dot);
    if (!ending.equals(".info") && !ending.equals(".mod") && !ending.equals(".zip")) {
      return Optional.empty();
    }
    var version = ModuleVersion.unescapeVersion(rest.substring(VERSIONS.length(), dot));
    var of = new ModuleVersion(module, version);
    return Optional.of(
        switch (ending) {
          case ".info" -> new ProxyRequest.Info(of);
          case ".mod" -> new ProxyRequest.Mod(of);
          default -> new ProxyRequest.Zip(of);
        });
  }

  private static String file(ModuleVersion module, String ending) {
    return module.path().escaped() + "/@v/" + module.escapedVersion() + ending;
  }
}
