package dev.modgate.gomod.zip;

import dev.modgate.gomod.module.FilePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.zip.ZipFault.Kind;
import java.util.Optional;

/// Checks the entries' names, each by itself: prefix, characters, and where a go.mod may be. What
/// two names do to each other is for [NameClashes].
final class NameRules {
  private static final String GO_MOD = "go.mod";

  private final String prefix;
  private final FaultList faults;

  NameRules(ModuleVersion module, FaultList faults) {
    this.prefix = prefix(module);
    this.faults = faults;
  }

  /// Not case-encoded, unlike everywhere else.
  static String prefix(ModuleVersion module) {
    return module + "/";
  }

  /// @return whether it is the name of something in the module, and may be compared with others
  boolean check(Entry entry) {
    if (!entry.name().startsWith(prefix)) {
      faults.add(Kind.PREFIX, entry.quoted() + " does not begin with " + Quoted.of(prefix));
      return false;
    }
    String name = entry.name().substring(prefix.length());
    if (name.isEmpty()) {
      return false;
    }
    String file = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
    Optional<String> fault = FilePath.fault(file);
    if (fault.isPresent()) {
      faults.add(Kind.NAME, entry.quoted() + ": " + fault.get());
      return false;
    }
    if (!entry.isDirectory()) {
      checkGoMod(entry, file);
    }
    return true;
  }

  private void checkGoMod(Entry entry, String file) {
    String base = file.substring(file.lastIndexOf('/') + 1);
    if (!Folding.fold(base).equals(GO_MOD)) {
      return;
    }
    if (!base.equals(file)) {
      faults.add(Kind.GO_MOD_PLACE, entry.quoted() + ": a go.mod stands only at the root");
    } else if (!file.equals(GO_MOD)) {
      faults.add(Kind.GO_MOD_PLACE, entry.quoted() + ": the go.mod must be written \"go.mod\"");
    }
  }
}
