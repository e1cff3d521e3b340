package dev.modgate.fetcher;

import dev.modgate.gomod.module.ModuleVersion;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often each module version found every upstream down by its own tries. Safe for use by many
/// threads.
///
/// One that is cancelled meanwhile may never come back, so only the newest are remembered; whoever
/// is forgotten pauses a few times more.
final class Pauses {
  private final Map<ModuleVersion, Integer> counts;

  /// @param capacity at least the number of versions that are fetched at a time
  Pauses(int capacity) {
    this.counts =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<ModuleVersion, Integer> eldest) {
            return size() > capacity;
          }
        };
  }

  /// How often by now, this time included.
  synchronized int another(ModuleVersion module) {
    return counts.merge(module, 1, Integer::sum);
  }

  synchronized void forget(ModuleVersion module) {
    counts.remove(module);
  }

  synchronized int size() {
    return counts.size();
  }
}
