package dev.modgate.watcher.doctor;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.watcher.status.StageStatuses;
import dev.modgate.watcher.status.StageStatuses.Heard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What the stages say of themselves, judged.
final class StageLook {
  /// Little room is as good as none, because it is going to be.
  private static final Set<String> STORES = Set.of("blob store", "zone store");

  private StageLook() {}

  /// @param now by the watcher's clock
  static List<Finding> judge(Collection<Heard> heard, Instant now) {
    var findings = new ArrayList<Finding>();
    for (StageName stage : StageName.values()) {
      List<Heard> living =
          heard.stream()
              .filter(it -> it.status().stage() == stage)
              .filter(it -> it.at().isAfter(now.minus(StageStatuses.SILENT)))
              .sorted(Comparator.comparing(it -> it.status().key()))
              .toList();
      if (living.isEmpty()) {
        findings.add(silent(stage));
      }
      living.forEach(it -> findings.addAll(judge(it)));
    }
    return findings;
  }

  private static Finding silent(StageName stage) {
    return Finding.problem(
        "stage " + EventJson.wireName(stage),
        "no instance of it said anything for " + StageStatuses.SILENT.toSeconds() + " s",
        "start one, or look in its log for why it does not reach kafka; what it has to do waits");
  }

  private static List<Finding> judge(Heard heard) {
    StageStatus status = heard.status();
    String name = status.group() + " " + status.instance();
    var findings = new ArrayList<Finding>();
    findings.add(state(name, status));
    heard
        .ahead()
        .flatMap(ahead -> ClockSkew.of("its", ahead))
        .ifPresent(sentence -> findings.add(Finding.problem(name, sentence, ClockSkew.REMEDY)));
    status.dependencies().forEach(dependency -> findings.add(dependency(name, dependency)));
    return findings;
  }

  private static Finding state(String name, StageStatus status) {
    if (status.pauses().isEmpty()) {
      return Finding.ok(
          name,
          EventJson.wireName(status.state())
              + ", "
              + status.inFlight()
              + " in flight, "
              + status.done()
              + " done");
    }
    StageStatus.Pause pause = status.pauses().getFirst();
    boolean failed = status.state() == StageStatus.State.FAILED;
    return Finding.problem(
        name,
        (failed ? "failed since " : "pauses since ") + pause.since() + ": " + pause.reason(),
        pause.nextTry() == null
            ? "it does not go on by itself: put right what the reason names"
            : "put right what the reason names; it tries again by itself at " + pause.nextTry());
  }

  private static Finding dependency(String name, DependencyStatus dependency) {
    String what = name + ": " + dependency.name();
    String sentence =
        dependency.sentence().isEmpty()
            ? EventJson.wireName(dependency.health())
            : dependency.sentence();
    boolean store = STORES.contains(dependency.name());
    return switch (dependency.health()) {
      case UP -> Finding.ok(what, sentence);
      case DEGRADED ->
          store
              ? Finding.problem(what, sentence, "make room before it is full")
              : Finding.ok(what, sentence);
      case DOWN ->
          Finding.problem(
              what,
              sentence + " (since " + dependency.since() + ")",
              store
                  ? "mount it, make room, or give the service the right to write there; the stage"
                      + " goes on by itself"
                  : "see whether it can be reached from there; the stage goes on by itself");
    };
  }
}
