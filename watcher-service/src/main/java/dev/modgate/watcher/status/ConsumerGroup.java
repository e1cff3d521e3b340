package dev.modgate.watcher.status;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.result.ResultListener;
import java.util.List;
import java.util.Optional;

/// Who reads which topics. A closed set: what is behind shows also while nobody reads.
enum ConsumerGroup {
  FETCHER("fetcher"),
  VERIFIER("verifier"),
  PUBLISHER("publisher"),
  /// Notes refusals in the zone store.
  PUBLISHER_NOTES("publisher-notes"),
  WATCHER(ResultListener.GROUP);

  private final String suffix;

  ConsumerGroup(String suffix) {
    this.suffix = suffix;
  }

  String name(KafkaSettings kafka) {
    return kafka.topicPrefix() + suffix;
  }

  List<Topic> topics() {
    return switch (this) {
      case FETCHER -> List.of(Topic.MODULE_REQUESTED);
      case VERIFIER -> List.of(Topic.MODULE_FETCHED);
      case PUBLISHER -> List.of(Topic.MODULE_VERIFIED);
      case PUBLISHER_NOTES -> List.of(Topic.MODULE_REJECTED);
      case WATCHER -> ResultListener.topics();
    };
  }

  /// The stage that waits for it; none for the watcher's own.
  Optional<StageName> stage() {
    return switch (this) {
      case FETCHER -> Optional.of(StageName.FETCH);
      case VERIFIER -> Optional.of(StageName.VERIFY);
      case PUBLISHER, PUBLISHER_NOTES -> Optional.of(StageName.PUBLISH);
      case WATCHER -> Optional.empty();
    };
  }
}
