package dev.modgate.watcher.git;

import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import java.io.IOException;
import java.util.SortedMap;

/// What the refs of repositories name now. For many threads.
public interface RemoteRefs {

  /// Branches and tags; nothing is fetched.
  ///
  /// @return ids by full names such as `refs/heads/main`; of a tag that is an object of its own,
  ///   the id of what it tags
  /// @throws IOException when they can't be had now
  SortedMap<String, String> list(Source source, Repository repository) throws IOException;
}
