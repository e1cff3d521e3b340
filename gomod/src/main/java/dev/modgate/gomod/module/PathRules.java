package dev.modgate.gomod.module;

/// What `golang.org/x/mod/module.CheckPath` demands.
final class PathRules {
  private PathRules() {}

  static void checkModulePath(String path) {
    if (path.isEmpty() || !path.matches("[a-z0-9.-]+(/[A-Za-z0-9._~-]+)*")) {
      throw new IllegalArgumentException("malformed module path \"" + path + "\"");
    }
  }
}
