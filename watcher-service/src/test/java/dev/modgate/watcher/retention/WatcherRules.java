package dev.modgate.watcher.retention;

import dev.modgate.watcher.database.WatcherParts;
import java.util.List;

/// The rules of this package, as the service has them.
public final class WatcherRules {
  private WatcherRules() {}

  public static List<RetentionRule> all(WatcherParts watcher) {
    return List.of(
        new FinishedSyncs(watcher.jdbc, Purges.DEFAULTS.syncs()),
        new OldTimelines(watcher.jdbc, Purges.DEFAULTS.timelines()),
        RetentionConfiguration.runs(watcher.jdbc, Purges.DEFAULTS),
        RetentionConfiguration.commits(watcher.jdbc, Purges.DEFAULTS, List.of()),
        RetentionConfiguration.sourceHistory(watcher.jdbc, Purges.DEFAULTS),
        RetentionConfiguration.agentStatuses(watcher.jdbc, Purges.DEFAULTS),
        new RemovedSources(watcher.jdbc, Purges.DEFAULTS.commits()));
  }
}
