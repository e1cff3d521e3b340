package dev.modgate.watcher.ledger.view;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.api.BadRequestException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Conditions on uses `u` of repositories `r`, and their arguments.
final class LedgerFilter {
  private static final String BELOW = "/...";

  private final StringBuilder condition = new StringBuilder("1 = 1");
  private final List<Object> arguments = new ArrayList<>();

  LedgerFilter and(String more, Object... itsArguments) {
    condition.append(" and ").append(more);
    Collections.addAll(arguments, itsArguments);
    return this;
  }

  LedgerFilter source(@Nullable String name) {
    return name == null ? this : and("r.source = ?", stored(name));
  }

  LedgerFilter sources(@Nullable Collection<String> names) {
    if (names == null) {
      return this;
    }
    return names.isEmpty()
        ? and("1 = 0")
        : and(
            "r.source in (" + String.join(",", Collections.nCopies(names.size(), "?")) + ")",
            names.toArray());
  }

  LedgerFilter owner(@Nullable String owner) {
    return owner == null ? this : and("r.owner = ?", stored(owner));
  }

  LedgerFilter inUse() {
    return and("u.in_use and r.gone_at is null");
  }

  /// @param inUse `true`, `false` or `any`
  /// @throws BadRequestException when it is none of them
  LedgerFilter inUse(String inUse) {
    return switch (inUse) {
      case "true" -> inUse();
      case "false" -> and("not (u.in_use and r.gone_at is null)");
      case "any" -> this;
      default ->
          throw BadRequestException.unprocessable(
              "in-use is " + Quoted.of(inUse) + ", want true, false or any");
    };
  }

  /// @throws BadRequestException when there is no such want
  LedgerFilter want(@Nullable String want) {
    if (want == null) {
      return this;
    }
    for (Want one : Want.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(want)) {
        return and("u.want = ?", one.name());
      }
    }
    throw BadRequestException.unprocessable("want is " + Quoted.of(want) + ", want zip or mod");
  }

  /// @param module a path, `path@version`, or `path/...` for a path and all below it
  /// @throws BadRequestException when it is none of them
  LedgerFilter module(@Nullable String module) {
    if (module == null) {
      return this;
    }
    try {
      if (module.endsWith(BELOW)) {
        String path = module.substring(0, module.length() - BELOW.length());
        if (path.isEmpty() || !path.matches("[A-Za-z0-9._~/-]+")) {
          throw new IllegalArgumentException(Quoted.of(path) + " is no beginning of a module path");
        }
        return and(
            "(u.path = ? or u.path like ? escape '!')", path, path.replace("_", "!_") + "/%");
      }
      if (module.contains("@")) {
        ModuleVersion one = ModuleVersion.parse(module);
        return and("u.path = ? and u.version = ?", one.path().value(), one.version().toString());
      }
      return and("u.path = ?", new ModulePath(module).value());
    } catch (IllegalArgumentException e) {
      throw BadRequestException.unprocessable("module: " + e.getMessage());
    }
  }

  /// What comes after it in the order of path, version and id.
  ///
  /// The first condition alone repeats what the second one says, for the index.
  LedgerFilter after(String path, String version, long id) {
    return and(
        "u.path >= ? and (u.path > ? or u.version > ? or (u.version = ? and u.id > ?))",
        path,
        path,
        version,
        version,
        id);
  }

  String condition() {
    return condition.toString();
  }

  Object[] arguments() {
    return arguments.toArray();
  }

  /// A text that can be compared: PostgreSQL takes no U+0000.
  private static String stored(String text) {
    return text.replace('\0', '\ufffd');
  }
}
