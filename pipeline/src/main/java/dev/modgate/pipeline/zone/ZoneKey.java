package dev.modgate.pipeline.zone;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.gomod.proxy.ProxyRequest;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import java.util.Optional;

/// What a key of the zone store names: the reverse of [ZoneLayout].
public sealed interface ZoneKey {
  /// `.info`, `.mod` or `.zip`, as the `go` command asks for it.
  record File(ModuleVersion module, Files.Kind kind) implements ZoneKey {}

  record VersionList(ModulePath module) implements ZoneKey {}

  record Latest(ModulePath module) implements ZoneKey {}

  record EvidenceOf(ModuleVersion module, Want want) implements ZoneKey {}

  record PinOf(ModuleVersion module) implements ZoneKey {}

  record RefusalOf(ModuleVersion module, Want want) implements ZoneKey {}

  /// Of a checksum database inside.
  ///
  /// @param path below its URL
  record Database(String name, String path) implements ZoneKey {}

  /// Which zone store this is.
  record Identity() implements ZoneKey {}

  /// What the scrub keeps for itself, or has set aside.
  record OfTheScrub() implements ZoneKey {}

  /// No publisher puts anything there.
  record Foreign() implements ZoneKey {}

  static ZoneKey of(ObjectKey key) {
    String text = key.value();
    if (text.startsWith(ZoneLayout.OWN)) {
      return own(text.substring(ZoneLayout.OWN.length()));
    }
    if (text.startsWith("sumdb/")) {
      int end = text.indexOf('/', "sumdb/".length());
      return end < 0
          ? new Foreign()
          : new Database(text.substring("sumdb/".length(), end), text.substring(end + 1));
    }
    return ProxyPath.parse(text).map(ZoneKey::of).orElseGet(Foreign::new);
  }

  private static ZoneKey of(ProxyRequest request) {
    return switch (request) {
      case ProxyRequest.Info(var module) -> new File(module, Files.Kind.INFO);
      case ProxyRequest.Mod(var module) -> new File(module, Files.Kind.MOD);
      case ProxyRequest.Zip(var module) -> new File(module, Files.Kind.ZIP);
      case ProxyRequest.VersionList(var path) -> new VersionList(path);
      case ProxyRequest.Latest(var path) -> new Latest(path);
    };
  }

  private static ZoneKey own(String rest) {
    if (rest.equals("zone.json")) {
      return new Identity();
    }
    if (rest.equals("scrub.json") || rest.startsWith("aside/")) {
      return new OfTheScrub();
    }
    int end = rest.indexOf('/');
    String kind = end < 0 ? "" : rest.substring(0, end);
    for (Want want : Want.values()) {
      String ending = ZoneLayout.ending(want);
      if (rest.endsWith(ending)) {
        Optional<ModuleVersion> module = version(rest, end, ending);
        if (module.isPresent() && kind.equals("evidence")) {
          return new EvidenceOf(module.get(), want);
        }
        if (module.isPresent() && kind.equals("refused")) {
          return new RefusalOf(module.get(), want);
        }
      }
    }
    return kind.equals("evidence") && rest.endsWith(ZoneLayout.PIN)
        ? version(rest, end, ZoneLayout.PIN).<ZoneKey>map(PinOf::new).orElseGet(Foreign::new)
        : new Foreign();
  }

  /// Reads it as the `.mod` file of the version, whose form it has.
  private static Optional<ModuleVersion> version(String rest, int start, String ending) {
    String file = rest.substring(start + 1, rest.length() - ending.length()) + ".mod";
    return ProxyPath.parse(file)
        .map(ZoneKey::of)
        .filter(File.class::isInstance)
        .map(found -> ((File) found).module());
  }
}
