package dev.modgate.watcher.run;

import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.source.Repository;
import org.jspecify.annotations.Nullable;

/// Where goes what a commit needs: into a sync, or from an agent to its watcher.
public interface WantSink extends RefFollower {

  /// Takes what one commit needs, once however often it is called: what was taken before is left as
  /// it is, unless a person asks again, and it has ended. Durable when this returns.
  ///
  /// @return for people, such as `sync 3f… of 312 modules`
  String take(Commit commit, Plan plan);

  /// @param run that read it; null where an agent did
  record Commit(
      Repository repository, String id, String ref, FoundBy foundBy, @Nullable String run) {
    /// Whether somebody wants it though it was taken before. Of a commit that was sent an agent
    /// sends a second list only where a person asks for it.
    public boolean isAskedFor() {
      return switch (foundBy) {
        case PERSON, AGENT -> true;
        case WEBHOOK, POLL -> false;
      };
    }
  }
}
