package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.tlog.Tile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a path below a proxy's `/sumdb/` asks for.
public sealed interface SumDbRequest {
  /// The name of the database. Any text without a line feed: it need not be one that exists.
  String database();

  /// Whether the proxy serves the database at all. 200 commits the `go` command to it.
  record Supported(String database) implements SumDbRequest {}

  /// The newest tree head.
  record Latest(String database) implements SumDbRequest {}

  /// A record.
  record Lookup(String database, ModuleVersion module) implements SumDbRequest {}

  /// A tile, of hashes or of records.
  record OfTile(String database, Tile tile) implements SumDbRequest {}

  /// Reads a path as a client asks for it, percent-decoded, from behind `/sumdb/` on. Empty where
  /// it is none of the four.
  static Optional<SumDbRequest> parse(String path) {
    Matcher m = Paths.ALL.matcher(path);
    if (!m.matches()) {
      return Optional.empty();
    }
    String database = m.group("database");
    try {
      if (m.group("lookup") != null) {
        ModulePath module = ModulePath.unescape(m.group("module"));
        var version = ModuleVersion.unescapeVersion(m.group("version"));
        return Optional.of(new Lookup(database, new ModuleVersion(module, version)));
      }
      if (m.group("tile") != null) {
        return Optional.of(new OfTile(database, Tile.parse(m.group("tile"))));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(m.group("latest") != null ? new Latest(database) : new Supported(database));
  }

  /// Of the four. The name of a database may have slashes.
  final class Paths {
    private static final Pattern ALL =
        Pattern.compile(
            "(?<database>[^\\n]+?)/(?:(?<supported>supported)|(?<latest>latest)"
                + "|(?<lookup>lookup/(?<module>[^@]+)@(?<version>[^@]+))|(?<tile>tile/[^\\n]+))");

    private Paths() {}
  }
}
