package dev.modgate.pipeline.zone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.Sha256;

/// The object keys of the zone store.
public final class ZoneLayout {
  /// Where what is no module and no database lies.
  static final String OWN = "_modgate/";

  static final String PIN = ".pin.json";

  private ZoneLayout() {}

  /// One version a line, in Go's order; only versions whose zip is inside, no pseudo-versions.
  /// There, and empty, where only pseudo-versions are inside.
  public static ObjectKey list(ModulePath module) {
    return new ObjectKey(ProxyPath.list(module));
  }

  /// The `.info` bytes of the latest version whose zip is inside.
  public static ObjectKey latest(ModulePath module) {
    return new ObjectKey(ProxyPath.latest(module));
  }

  public static ObjectKey info(ModuleVersion module) {
    return new ObjectKey(ProxyPath.info(module));
  }

  public static ObjectKey mod(ModuleVersion module) {
    return new ObjectKey(ProxyPath.mod(module));
  }

  public static ObjectKey zip(ModuleVersion module) {
    return new ObjectKey(ProxyPath.zip(module));
  }

  public static ObjectKey pin(ModuleVersion module) {
    return own("evidence", module, PIN);
  }

  /// What was checked of the files that the want brought.
  public static ObjectKey evidence(ModuleVersion module, Want want) {
    return own("evidence", module, ending(want));
  }

  public static ObjectKey refusal(ModuleVersion module, Want want) {
    return own("refused", module, ending(want));
  }

  /// An object of the checksum database inside.
  ///
  /// @param database its name
  /// @param path below its URL, as in `lookup/…` or `tile/…`
  /// @throws IllegalArgumentException when there can't be such an object
  public static ObjectKey sumdb(String database, String path) {
    return new ObjectKey("sumdb/" + database + "/" + path);
  }

  /// @throws IllegalArgumentException as [#sumdb] does
  public static ObjectKey sumdbLookup(String database, ModuleVersion module) {
    return sumdb(database, "lookup/" + module.path().escaped() + "@" + module.escapedVersion());
  }

  /// A [ZoneIdentity].
  public static ObjectKey identity() {
    return new ObjectKey(OWN + "zone.json");
  }

  /// How far the scrub is, and what it found.
  public static ObjectKey scrub() {
    return new ObjectKey(OWN + "scrub.json");
  }

  /// Where bytes are kept that the scrub took away from `key`.
  public static ObjectKey aside(ObjectKey key, Sha256 sha256) {
    String folder = OWN + "aside/" + sha256.hex() + "/";
    boolean fits = folder.length() + key.value().getBytes(UTF_8).length <= ObjectKey.MAX_BYTES;
    return new ObjectKey(folder + (fits ? key.value() : Sha256.of(key.value().getBytes(UTF_8))));
  }

  static String ending(Want want) {
    return switch (want) {
      case MOD -> ".mod.json";
      case ZIP -> ".zip.json";
    };
  }

  private static ObjectKey own(String kind, ModuleVersion module, String ending) {
    return new ObjectKey(
        OWN + kind + "/" + module.path().escaped() + "/@v/" + module.escapedVersion() + ending);
  }
}
