package dev.modgate.watcher.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.watcher.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pipeline at one moment.
///
/// @param pauses all that waits now, of the stages and of the watcher itself; empty while all works
/// @param groups every consumer group, whether or not anybody is in it now
/// @param outbox requests not sent yet, and those that wait for an answer; null while the database
///   is away, as all that it knows
/// @param deadLetters those that wait for somebody
/// @param modules wants by state
/// @param resultsWait why results of the stages are not taken now; a sentence each
/// @param warnings what is to be lost if nobody looks; a sentence each
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusView(
    Kafka kafka,
    List<Pause> pauses,
    List<Stage> stages,
    List<Group> groups,
    Outbox.@Nullable Backlog outbox,
    @Nullable Long deadLetters,
    @Nullable Map<String, Long> modules,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> resultsWait,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

  /// @param of the stage, or `watcher`
  /// @param instance of the stage; none for the watcher
  /// @param reason a sentence
  /// @param nextTry when it tries again by itself; none where only a person can help
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pause(
      String of,
      @Nullable String instance,
      String reason,
      Instant since,
      @Nullable Instant nextTry) {}

  /// @param state `up` or `down`
  /// @param reason why it is down
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Kafka(String state, @Nullable String reason) {}

  /// @param lag records not committed yet; null where unknown
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Group(String group, @Nullable Long lag) {}

  /// @param lag of the stage's groups together; null where unknown
  /// @param instances those that were heard of lately
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Stage(String stage, @Nullable Long lag, List<Instance> instances) {}

  /// @param pauseReason only while it pauses
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Instance(
      String instance,
      String group,
      String state,
      Instant at,
      @Nullable String pauseReason,
      @Nullable Instant pausedSince,
      @Nullable Instant nextTry,
      int inFlight,
      long done,
      long deferred,
      long deadLettered,
      List<Dependency> dependencies) {}

  public record Dependency(String name, String health, String sentence) {}
}
