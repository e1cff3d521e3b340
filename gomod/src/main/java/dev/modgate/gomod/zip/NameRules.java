package dev.modgate.gomod.zip;

import dev.modgate.gomod.module.FilePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.zip.ZipFault.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Checks the entries' names, one after the other: prefix, characters, and that no two fall
/// together on a file system that ignores case.
final class NameRules {
  private static final String GO_MOD = "go.mod";

  private final String prefix;
  private final int maxNames;
  private final FaultList faults;
  private final Map<Place, Node> nodes = new HashMap<>();

  /// A folded name within a folder.
  private record Place(int parent, String folded) {}

  private record Node(int id, String name, boolean directory) {}

  NameRules(ModuleVersion module, ZipLimits limits, FaultList faults) {
    this.prefix = prefix(module);
    this.maxNames = limits.names();
    this.faults = faults;
  }

  /// Not case-encoded, unlike everywhere else.
  static String prefix(ModuleVersion module) {
    return module + "/";
  }

  /// @throws BrokenZip when there are too many names to go on
  void check(Entry entry) throws BrokenZip {
    if (!entry.name().startsWith(prefix)) {
      faults.add(Kind.PREFIX, entry.quoted() + " does not begin with " + Quoted.of(prefix));
      return;
    }
    String name = entry.name().substring(prefix.length());
    if (name.isEmpty()) {
      return;
    }
    String file = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
    Optional<String> fault = FilePath.fault(file);
    if (fault.isPresent()) {
      faults.add(Kind.NAME, entry.quoted() + ": " + fault.get());
      return;
    }
    addToTree(entry, file);
    if (!entry.isDirectory()) {
      checkGoMod(entry, file);
    }
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

  private void addToTree(Entry entry, String file) throws BrokenZip {
    int parent = 0;
    int start = 0;
    for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', start)) {
      parent = add(entry, parent, file.substring(start, slash), true, false);
      if (parent < 0) {
        return;
      }
      start = slash + 1;
    }
    add(entry, parent, file.substring(start), entry.isDirectory(), true);
  }

  /// @return the node's id, or -1 after a fault
  private int add(Entry entry, int parent, String name, boolean directory, boolean last)
      throws BrokenZip {
    var place = new Place(parent, Folding.fold(name));
    Node other = nodes.get(place);
    if (other == null) {
      return insert(place, name, directory);
    }
    if (!other.name().equals(name)) {
      faults.add(
          Kind.DUPLICATE,
          entry.quoted()
              + ": "
              + Quoted.of(name)
              + " and "
              + Quoted.of(other.name())
              + " differ in case alone");
    } else if (other.directory() != directory) {
      faults.add(
          Kind.DUPLICATE, entry.quoted() + ": " + Quoted.of(name) + " is both file and directory");
    } else if (last && !directory) {
      faults.add(Kind.DUPLICATE, entry.quoted() + " is in the zip more than once");
    } else {
      return other.id();
    }
    return -1;
  }

  private int insert(Place place, String name, boolean directory) throws BrokenZip {
    if (nodes.size() >= maxNames) {
      throw new BrokenZip(Kind.TOO_LARGE, "zip has more than " + maxNames + " files and folders");
    }
    int id = nodes.size() + 1;
    nodes.put(place, new Node(id, name, directory));
    return id;
  }
}
