package dev.modgate.pipeline.stage;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.time.Instant;
import tools.jackson.core.JacksonException;

/// What somebody asks of all running instances of one stage. Whoever is not running does not hear
/// it, so nothing that must happen may depend on it alone. The key in the topic is the stage.
///
/// @param id tells two commands apart
/// @param stage whose instances are meant
/// @param at when it was given
public record StageCommand(String id, StageName stage, Order order, Instant at) {

  /// What is to be done.
  public enum Order {
    /// Measure all upstreams now. For the fetcher.
    PROBE,
    /// End the pauses: what is down is tried at once.
    RESUME,
    /// Check all that is inside now. For the publisher.
    SCRUB,
    /// Say again of all that is inside that it is published. For the publisher.
    REBUILD
  }

  public byte[] write() {
    return EventJson.mapper().writeValueAsBytes(this);
  }

  /// @throws UnreadableEventException also for an order that only newer code knows
  public static StageCommand read(byte[] json) throws UnreadableEventException {
    try {
      return EventJson.mapper().readValue(json, StageCommand.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UnreadableEventException(
          "record is no stage command: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
  }
}
