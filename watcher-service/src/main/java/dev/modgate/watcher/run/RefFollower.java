package dev.modgate.watcher.run;

import dev.modgate.watcher.source.Repository;
import java.util.Collection;

/// Hears where refs stand for which nothing is read. In the transaction of its caller, if there is
/// one.
public interface RefFollower {
  RefFollower NOBODY = new RefFollower() {};

  /// A ref names a commit that was taken before.
  default void stands(Repository repository, String ref, String commit) {}

  /// Refs are not there any more, or not wanted.
  default void gone(Repository repository, Collection<String> refs) {}
}
