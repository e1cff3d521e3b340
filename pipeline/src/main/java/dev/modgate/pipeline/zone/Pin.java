package dev.modgate.pipeline.zone;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What a module version is, by its h1 hashes. Written before its bytes; a hash that is there never
/// changes.
///
/// @param zipHash null until a zip comes
public record Pin(H1 goModHash, @Nullable H1 zipHash) {
  /// Largest pin, in bytes.
  public static final int MAX_BYTES = 4096;

  public Optional<H1> zipHashIfAny() {
    return Optional.ofNullable(zipHash);
  }

  public byte[] toJson() {
    return EventJson.mapper().writeValueAsBytes(this);
  }

  /// @throws IOException when it is no pin
  public static Pin read(byte[] json) throws IOException {
    try {
      return EventJson.mapper().readValue(json, Pin.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException("pin is unreadable: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
  }
}
