package dev.modgate.watcher.intake;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import dev.modgate.start.key.PinnedKeys;
import dev.modgate.watcher.wantlist.AgentKeys;
import dev.modgate.watcher.wantlist.PeerName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The agents that the settings name.
public record Agents(SortedMap<String, Agent> byName) implements AgentKeys {
  private static final Set<String> KEYS = Set.of("key", "folder-in", "folder-out");

  public Agents {
    byName = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /// @param keys pinned
  record Agent(
      String name, List<VerifierKey> keys, Optional<Path> folderIn, Optional<Path> folderOut) {
    Agent {
      keys = List.copyOf(keys);
    }
  }

  /// @param settings below `modgate.watcher.agents`
  /// @throws StartException naming every problem
  public static Agents of(Map<String, Map<String, String>> settings) {
    var agents = new TreeMap<String, Agent>();
    var problems = new ArrayList<String>();
    new TreeMap<>(settings)
        .forEach((name, values) -> {
          String place = "modgate.watcher.agents." + name;
          if (!PeerName.fits(name)) {
            problems.add(place + ": the name has more than a-z, 0-9 and -, or over 63 characters");
          }
          values.keySet().stream()
              .filter(key -> !KEYS.contains(key))
              .sorted()
              .forEach(key -> problems.add(place + "." + Quoted.of(key) + " is no setting"));
          try {
            agents.put(
                name,
                new Agent(
                    name,
                    keys(name, values),
                    folder(values, "folder-in"),
                    folder(values, "folder-out")));
          } catch (IllegalArgumentException e) {
            problems.add(place + ".key " + e.getMessage());
          }
        });
    if (!problems.isEmpty()) {
      throw new StartException(problems);
    }
    return new Agents(agents);
  }

  private static List<VerifierKey> keys(String name, Map<String, String> values) {
    List<VerifierKey> keys = PinnedKeys.parse(values.getOrDefault("key", ""));
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("is empty: want the public key that the agent prints");
    }
    for (VerifierKey key : keys) {
      if (!key.name().equals(name)) {
        throw new IllegalArgumentException("is called " + Quoted.of(key.name()) + ", want " + name);
      }
    }
    return keys;
  }

  private static Optional<Path> folder(Map<String, String> values, String key) {
    String path = values.getOrDefault(key, "");
    return path.isBlank() ? Optional.empty() : Optional.of(Path.of(path));
  }

  @Override
  public List<VerifierKey> of(String agent) {
    Agent known = byName.get(agent);
    return known == null ? List.of() : known.keys();
  }
}
