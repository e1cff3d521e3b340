package dev.modgate.pipeline.zone;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/// Which zone store this is: told apart by it from an empty folder in its place, and from another
/// zone's. Its replicas have the same one. Never changes.
public record ZoneIdentity(UUID id, Instant created) {
  /// Largest one, in bytes.
  public static final int MAX_BYTES = 4096;

  public static ZoneIdentity next(Instant now) {
    return new ZoneIdentity(UUID.randomUUID(), now.truncatedTo(ChronoUnit.SECONDS));
  }

  public byte[] toJson() {
    return EventJson.mapper().writeValueAsBytes(this);
  }

  /// @throws IOException when it is none
  public static ZoneIdentity read(byte[] json) throws IOException {
    try {
      return EventJson.mapper().readValue(json, ZoneIdentity.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          "zone identity is unreadable: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
  }

  @Override
  public String toString() {
    return id + " of " + created;
  }
}
