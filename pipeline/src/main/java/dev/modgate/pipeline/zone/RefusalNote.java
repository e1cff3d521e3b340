package dev.modgate.pipeline.zone;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import java.io.IOException;
import java.time.Instant;
import tools.jackson.core.JacksonException;

/// Why a module version is not inside although somebody asked for it. Never shadows files that are
/// inside; removed when they come.
///
/// @param want what was refused: a refused zip says nothing about the go.mod
/// @param sentence for people; one line
/// @param at when it was refused
public record RefusalNote(Want want, RejectReason code, String sentence, Instant at) {
  /// Largest note, in bytes.
  public static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_SENTENCE = 4000;

  public static RefusalNote of(ModuleRejected event) {
    String line = event.sentence().replaceAll("\\s+", " ").strip();
    return new RefusalNote(
        event.want(),
        event.reason(),
        line.substring(0, Math.min(line.length(), MAX_SENTENCE)),
        event.at());
  }

  public byte[] toJson() {
    return EventJson.mapper().writeValueAsBytes(this);
  }

  /// @throws IOException when it is no note: like a note that can't be read
  public static RefusalNote read(byte[] json) throws IOException {
    try {
      return EventJson.mapper().readValue(json, RefusalNote.class);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(
          "refusal note is unreadable: " + Quoted.of(String.valueOf(e.getMessage())), e);
    }
  }
}
