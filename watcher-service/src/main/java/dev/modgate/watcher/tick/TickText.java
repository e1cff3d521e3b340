package dev.modgate.watcher.tick;

import dev.modgate.watcher.host.CommitStatus;
import dev.modgate.watcher.sync.SyncView;
import java.net.URI;
import java.util.Optional;

/// Puts a sync in the few words that fit beside a commit.
final class TickText {
  private TickText() {}

  /// @param unread why the sync is not all that the commit needs
  static CommitStatus of(SyncView sync, Optional<String> unread, URI link) {
    if (unread.isPresent()) {
      return new CommitStatus(CommitStatus.State.FAILURE, inShort(unread.get()), link);
    }
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
      for (String lack : new String[] {"rejected", "absent", "given-up"}) {
        long lacking = sync.counts().getOrDefault(lack, 0L);
        text.append(lacking == 0 ? "" : ", " + lacking + " " + lack);
      }
    }
    return new CommitStatus(state, text.toString(), link);
  }

  private static String inShort(String sentence) {
    int most = CommitStatus.MOST_CHARACTERS;
    return sentence.length() <= most ? sentence : sentence.substring(0, most - 1) + "…";
  }
}
