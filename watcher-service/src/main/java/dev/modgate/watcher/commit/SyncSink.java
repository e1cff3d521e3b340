package dev.modgate.watcher.commit;

import dev.modgate.watcher.ledger.Ledger;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.run.CommitsSeen;
import dev.modgate.watcher.run.WantSink;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.sync.SyncService;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;

/// Makes a sync of what a commit needs, one however many find it, and another one where somebody
/// asks again after its end.
public final class SyncSink implements WantSink {
  /// Behind a person who waits at a command, before what nobody waits for.
  private static final int PRIORITY = (Outbox.INTERACTIVE + Outbox.BACKGROUND) / 2;

  private static final int SHORT_ID = 12;

  private final SyncService syncs;
  private final CommitsSeen seen;
  private final Ledger ledger;
  private final PrivateModules privateModules;
  private final Clock clock;

  public SyncSink(
      SyncService syncs,
      CommitsSeen seen,
      Ledger ledger,
      PrivateModules privateModules,
      Clock clock) {
    this.syncs = syncs;
    this.seen = seen;
    this.ledger = ledger;
    this.privateModules = privateModules;
    this.clock = clock;
  }

  /// Another was first.
  private static final class SeenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SeenException(String sentence) {
      super(sentence);
    }
  }

  @Override
  public String take(Commit commit, Plan whole) {
    Plan plan = privateModules.without(whole);
    String sentence = sentence(plan);
    var words = new CommitsSeen.Words(sentence, plan.unread());
    try {
      syncs.accept(
          label(commit),
          plan,
          PRIORITY,
          sync -> {
            Optional<CommitsSeen.Seen> before = before(commit);
            if (before.isEmpty()) {
              seen.add(commit, sync, words, clock.instant());
            } else if (!commit.isAskedFor() || !seen.again(commit, sync, words, clock.instant())) {
              throw new SeenException(before.get().sentence());
            }
            ledger.take(commit, sync, plan);
          });
      return sentence;
    } catch (SeenException e) {
      stands(commit.repository(), commit.ref(), commit.id());
      return "seen before: " + e.getMessage();
    }
  }

  @Override
  public void stands(Repository repository, String ref, String commit) {
    ledger.stands(repository, ref, commit);
  }

  @Override
  public void gone(Repository repository, Collection<String> refs) {
    ledger.gone(repository, refs);
  }

  private Optional<CommitsSeen.Seen> before(Commit commit) {
    return seen.find(commit.repository().source(), commit.repository().name(), commit.id());
  }

  private static String label(Commit commit) {
    String source = commit.repository().source();
    String name = commit.repository().name();
    String where = name.equals(source) || name.isEmpty() ? source : source + " " + name;
    String id = commit.id().substring(0, Math.min(SHORT_ID, commit.id().length()));
    String label = where + "@" + id;
    return label.length() <= 200 ? label : label.substring(label.length() - 200);
  }

  private static String sentence(Plan plan) {
    int needed = plan.items().size();
    var lines = new ArrayList<String>();
    lines.add(needed == 1 ? "1 module is needed" : needed + " modules are needed");
    lines.addAll(plan.notes());
    return String.join("\n", lines);
  }
}
