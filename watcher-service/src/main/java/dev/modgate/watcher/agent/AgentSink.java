package dev.modgate.watcher.agent;

import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.run.CommitsSeen;
import dev.modgate.watcher.run.WantSink;
import dev.modgate.watcher.want.DirectRequirements;
import dev.modgate.watcher.wantlist.CommitStatus;
import dev.modgate.watcher.wantlist.WantLine;
import dev.modgate.watcher.wantlist.WantListHeader;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes want lists of what commits need, without what is private.
public final class AgentSink implements WantSink {
  private static final int MOST_TRIES = 10;

  private final CommitsSeen seen;
  private final TransactionTemplate transaction;
  private final AgentOut out;
  private final PrivateModules hidden;
  private final StatusReceiver statuses;
  private final Runnable wake;
  private final Clock clock;

  /// @param hidden what is never named outside
  /// @param wake tells the sender that there is something to send
  AgentSink(
      CommitsSeen seen,
      TransactionTemplate transaction,
      AgentOut out,
      PrivateModules hidden,
      StatusReceiver statuses,
      Runnable wake,
      Clock clock) {
    this.seen = seen;
    this.transaction = transaction;
    this.out = out;
    this.hidden = hidden;
    this.statuses = statuses;
    this.wake = wake;
    this.clock = clock;
  }

  @Override
  public String take(Commit commit, Plan plan) {
    Plan allowed = hidden.without(DirectRequirements.of(plan));
    List<WantLine> lines = allowed.items().stream().flatMap(WantLines::of).toList();
    Decision decision = decide(lines.size(), allowed.unread());
    decision.atOnce().ifPresent(state -> settle(commit, state, decision.sentence()));
    for (int tries = 1; ; tries++) {
      try {
        String sentence = transaction.execute(_ -> write(commit, allowed, lines, decision));
        wake.run();
        return Objects.requireNonNull(sentence);
      } catch (DuplicateKeyException | TransientDataAccessException e) {
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /// @param atOnce how the commit is without the watcher; empty where a list goes to it
  private record Decision(Optional<CommitStatus.State> atOnce, String sentence) {}

  private static Decision decide(int lines, Optional<String> unread) {
    if (lines == 0 && unread.isPresent()) {
      return new Decision(Optional.of(CommitStatus.State.FAILURE), unread.get());
    }
    if (lines == 0) {
      return new Decision(
          Optional.of(CommitStatus.State.SUCCESS), "there is no module to bring inside");
    }
    if (lines > WantListHeader.MOST_LINES) {
      return new Decision(
          Optional.of(CommitStatus.State.FAILURE),
          "it needs "
              + lines
              + " lines of a want list, at most "
              + WantListHeader.MOST_LINES
              + " are taken");
    }
    return new Decision(Optional.empty(), "");
  }

  private void settle(Commit commit, CommitStatus.State state, String sentence) {
    statuses.received(
        List.of(commit.repository().name()),
        new CommitStatus(
            commit.repository().source(), commit.id(), state, 0, 0, 0, List.of(sentence)));
  }

  private String write(Commit commit, Plan plan, List<WantLine> lines, Decision decision) {
    Optional<CommitsSeen.Seen> before =
        seen.find(commit.repository().source(), commit.repository().name(), commit.id());
    if (before.isPresent() && !commit.isAskedFor()) {
      return "seen before: " + before.get().sentence();
    }
    String sentence =
        Stream.concat(Stream.of(first(commit, plan, lines, decision)), plan.notes().stream())
            .collect(Collectors.joining("\n"));
    var words = new CommitsSeen.Words(sentence, plan.unread());
    if (before.isEmpty()) {
      seen.add(commit, null, words, clock.instant());
    } else {
      seen.again(commit, null, words, clock.instant());
    }
    return sentence;
  }

  private String first(Commit commit, Plan plan, List<WantLine> lines, Decision decision) {
    if (decision.atOnce().isPresent()) {
      return decision.sentence();
    }
    long number = out.add(commit.repository().source(), commit.id(), lines);
    return plan.items().size() + " modules are needed: want list " + number;
  }
}
