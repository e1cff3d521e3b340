package dev.modgate.backup;

import dev.modgate.watcher.WatcherApplication;
import dev.modgate.watcher.backup.RestoredDatabase;
import java.nio.file.Path;
import java.util.Map;

/// Gets a restored database ready for the watcher, with its user and password as they are set.
public final class WatcherDatabase implements Restore.Preparation {
  @Override
  public int prepare(Path database) {
    return new RestoredDatabase(database, setting("user"), setting("password")).sendAllAgain();
  }

  private static String setting(String key) {
    return WatcherApplication.service()
        .setting(Map.of(), "modgate.watcher.database." + key)
        .orElse("");
  }
}
