package dev.modgate.pipeline.stage;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// How one instance of a stage is doing. The key in the topic is `group/instance`; a record without
/// a value means that the instance was closed.
///
/// @param group the consumer group
/// @param instance the configured instance id, else host and process
/// @param at when this was true
/// @param since when the state began
/// @param pauses why the stage pauses, or failed; empty unless it does
/// @param partitions assigned to this instance
/// @param inFlight items being worked on, or done and not yet acknowledged
/// @param bytesInFlight by [StageWork#weight]
/// @param done items since the start, whatever came of them
/// @param deferred of those, how many were put off after the tries in place
/// @param deadLettered of those, how many became dead letters
/// @param oldestItem when the oldest item in flight was taken on; null where there is none
public record StageStatus(
    StageName stage,
    String group,
    String instance,
    Instant at,
    State state,
    Instant since,
    List<Pause> pauses,
    int partitions,
    int inFlight,
    long bytesInFlight,
    long done,
    long deferred,
    long deadLettered,
    @Nullable Instant oldestItem,
    List<DependencyStatus> dependencies) {
  public StageStatus {
    pauses = List.copyOf(pauses);
    dependencies = List.copyOf(dependencies);
  }

  public enum State {
    /// Not yet connected to the broker.
    STARTING,
    RUNNING,
    PAUSED,
    /// Takes nothing new, finishes what is in flight.
    DRAINING,
    STOPPED,
    /// Its loop broke; it begins anew at the next try, and stays so until it works.
    FAILED
  }

  /// @param reason names what is down, for people
  /// @param nextTry when the stage tries again by itself; null where only a person can help
  public record Pause(String reason, Instant since, @Nullable Instant nextTry) {}

  public String key() {
    return key(group, instance);
  }

  static String key(String group, String instance) {
    return group + "/" + instance;
  }

  public byte[] write() {
    return EventJson.mapper().writeValueAsBytes(this);
  }

  public static StageStatus read(byte[] json) throws UnreadableEventException {
    try {
      return EventJson.mapper().readValue(json, StageStatus.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UnreadableEventException(
          "record is no stage status: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
  }
}
