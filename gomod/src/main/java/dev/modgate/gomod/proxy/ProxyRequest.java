package dev.modgate.gomod.proxy;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;

/// What a path of the GOPROXY protocol asks for.
public sealed interface ProxyRequest {
  /// `@v/list`
  record VersionList(ModulePath module) implements ProxyRequest {}

  /// `@latest`
  record Latest(ModulePath module) implements ProxyRequest {}

  /// `@v/$version.info`
  @SuppressWarnings("AvoidCommonTypeNames") // the protocol's own word; nobody means a process here
  record Info(ModuleVersion module) implements ProxyRequest {}

  /// `@v/$version.mod`
  record Mod(ModuleVersion module) implements ProxyRequest {}

  /// `@v/$version.zip`
  record Zip(ModuleVersion module) implements ProxyRequest {}
}
