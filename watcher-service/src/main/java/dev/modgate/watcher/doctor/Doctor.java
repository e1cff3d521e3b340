package dev.modgate.watcher.doctor;

import dev.modgate.watcher.result.ResultTrouble;
import dev.modgate.watcher.status.StageStatuses;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Puts the findings together.
final class Doctor {
  private final DatabaseLook database;
  private final TopicLook topics;
  private final StageStatuses stages;
  private final ResultTrouble results;
  private final Clock clock;

  Doctor(
      DatabaseLook database,
      TopicLook topics,
      StageStatuses stages,
      ResultTrouble results,
      Clock clock) {
    this.database = database;
    this.topics = topics;
    this.stages = stages;
    this.results = results;
    this.clock = clock;
  }

  /// One look at a time: each holds a client of the broker.
  synchronized DoctorView look() throws InterruptedException {
    Instant now = clock.instant();
    var findings = new ArrayList<Finding>();
    findings.add(database.database());
    findings.addAll(topics.look());
    findings.addAll(StageLook.judge(stages.heard(), now));
    ScrubLook.judge(stages.scrub()).ifPresent(findings::add);
    findings.addAll(results());
    findings.add(database.deadLetters());
    findings.add(database.requests(stages.mayPause(now)));
    return DoctorView.of(now, findings);
  }

  private List<Finding> results() {
    List<String> sentences = results.sentences();
    return sentences.isEmpty()
        ? List.of(Finding.ok("results", "are taken"))
        : sentences.stream()
            .map(sentence ->
                Finding.problem("results", sentence, "they wait in kafka; the log says more"))
            .toList();
  }
}
