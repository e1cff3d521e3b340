package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.StageName;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// One instance of a stage: takes events of one topic, works on them, sends what comes of it. See
/// the package for the rules.
public final class Stage<E extends ModuleEvent> implements AutoCloseable {
  private final StageName name;
  private final String groupId;
  private final Supplier<List<DependencyStatus>> dependencies;

  /// @param groupId the consumer group; instances that share it share the work
  /// @param type decides the topic
  /// @param dependencies asked whenever the status is published; must answer at once
  public Stage(
      StageName name,
      String groupId,
      Class<E> type,
      StageWork<E> work,
      KafkaSettings kafka,
      StageSettings settings,
      Supplier<List<DependencyStatus>> dependencies) {
    this.name = name;
    this.groupId = groupId;
    this.dependencies = dependencies;
  }

  /// Begins to work, on threads of its own that are no daemons. Returns at once; a broker that is
  /// away is waited for.
  public void start() {}

  public StageStatus status() {
    Instant now = Instant.now();
    return new StageStatus(
        name,
        groupId,
        "",
        now,
        StageStatus.State.STARTING,
        now,
        List.of(),
        0,
        0,
        0,
        0,
        0,
        0,
        null,
        dependencies.get());
  }

  /// Takes nothing new, finishes what is in flight within [StageSettings#drain], cancels the rest
  /// (it is done again later), and leaves the group. Safe to call twice.
  @Override
  public void close() {}
}
