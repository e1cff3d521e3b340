package dev.modgate.watcher.tick;

import dev.modgate.watcher.host.CommitStatus;
import dev.modgate.watcher.sync.SyncView;
import java.net.URI;

/// Puts a sync in the few words that fit beside a commit.
final class TickText {
  private TickText() {}

  static CommitStatus of(SyncView sync, URI link) {
    long total = sync.counts().getOrDefault("total", 0L);
    long inside = sync.counts().getOrDefault("inside", 0L);
    if (total == 0) {
      return new CommitStatus(CommitStatus.State.SUCCESS, "no modules are needed", link);
    }
    var text =
        new StringBuilder()
            .append(inside)
            .append(" of ")
            .append(total)
            .append(total == 1 ? " module is inside" : " modules are inside");
    CommitStatus.State state = CommitStatus.State.PENDING;
    if (sync.finishedAt() != null) {
      state = inside == total ? CommitStatus.State.SUCCESS : CommitStatus.State.FAILURE;
      for (String lack : new String[] {"rejected", "absent"}) {
        long lacking = sync.counts().getOrDefault(lack, 0L);
        text.append(lacking == 0 ? "" : ", " + lacking + " " + lack);
      }
    }
    return new CommitStatus(state, text.toString(), link);
  }
}
