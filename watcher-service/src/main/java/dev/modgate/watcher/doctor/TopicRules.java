package dev.modgate.watcher.doctor;

import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the topics have to be.
final class TopicRules {
  private static final Duration LEAST_KEPT = Duration.ofDays(1);
  private static final long LARGEST_RECORD = 256 * 1024;

  private final KafkaSettings kafka;

  TopicRules(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /// All that the pipeline needs.
  List<String> names() {
    var names = new ArrayList<String>();
    for (Topic topic : Topic.values()) {
      names.add(kafka.topic(topic));
      names.add(topic.deadLetterName(kafka.topicPrefix()));
    }
    names.add(kafka.statusTopic());
    names.add(kafka.commandTopic());
    return names;
  }

  /// One finding where all are well, else one for each that is not.
  ///
  /// @param found those that exist, by their names
  List<Finding> judge(Map<String, TopicFacts> found) {
    var problems = new ArrayList<Finding>();
    for (String name : names()) {
      TopicFacts facts = found.get(name);
      if (facts == null) {
        problems.add(
            Finding.problem(
                "topic " + name,
                "does not exist",
                "restart a service with the right to create topics, or create it as"
                    + " docs/operations.md says"));
      } else {
        faults(facts).forEach(fault -> problems.add(problem(facts, fault)));
      }
    }
    int all = names().size();
    return problems.isEmpty()
        ? List.of(Finding.ok("topics", all + " are as they should be"))
        : problems;
  }

  /// @param key to be changed at the broker
  private record Fault(String sentence, String key) {}

  private static Finding problem(TopicFacts topic, Fault fault) {
    return Finding.problem(
        "topic " + topic.name(),
        fault.sentence,
        "change " + fault.key + " of this topic at the broker, with kafka-configs or kafka-topics");
  }

  private List<Fault> faults(TopicFacts topic) {
    var faults = new ArrayList<Fault>();
    boolean status = topic.name().equals(kafka.statusTopic());
    boolean one = status || topic.name().equals(kafka.commandTopic());
    if (one && topic.partitions() != 1) {
      faults.add(new Fault("has " + topic.partitions() + " partitions, want 1", "partitions"));
    }
    String policy = topic.setting("cleanup.policy");
    if (policy.contains("compact") != status) {
      faults.add(
          new Fault(
              "has cleanup.policy \""
                  + policy
                  + "\", want "
                  + (status ? "\"compact,delete\"" : "\"delete\": else records are lost"),
              "cleanup.policy"));
    }
    long kept = topic.number("retention.ms");
    if (!status && kept >= 0 && kept < LEAST_KEPT.toMillis()) {
      faults.add(
          new Fault(
              "keeps records for "
                  + Duration.ofMillis(kept).toMinutes()
                  + " min: what waits longer is lost, want a day at least",
              "retention.ms"));
    }
    long bytes = topic.number("retention.bytes");
    if (!status && bytes >= 0) {
      faults.add(
          new Fault(
              "keeps " + bytes + " bytes of a partition: what waits behind more is lost, want -1",
              "retention.bytes"));
    }
    long largest = topic.number("max.message.bytes");
    if (largest >= 0 && largest < LARGEST_RECORD) {
      faults.add(
          new Fault(
              "takes records of " + largest + " bytes, want " + LARGEST_RECORD + " at least",
              "max.message.bytes"));
    }
    return faults;
  }
}
