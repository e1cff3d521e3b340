package dev.modgate.watcher.letter;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.UnknownEventVersionException;
import dev.modgate.pipeline.event.UnreadableEventException;
import dev.modgate.pipeline.event.Want;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Which module version a record is about.
///
/// @param request that it answers; null where that is not found
record NamedModule(ModuleVersion module, Want want, @Nullable RequestId request) {

  /// The event that a record of this topic holds; empty where it can't be read.
  static Optional<ModuleEvent> event(Topic topic, byte @Nullable [] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(EventJson.read(topic.eventType(), value));
    } catch (UnreadableEventException | UnknownEventVersionException e) {
      return Optional.empty();
    }
  }

  /// What the beginning of an event names, however it goes on; each event names it near its
  /// beginning.
  static Optional<NamedModule> in(byte @Nullable [] beginning) {
    if (beginning == null) {
      return Optional.empty();
    }
    @Nullable ModuleVersion module = null;
    @Nullable Want want = null;
    @Nullable String id = null;
    int attempt = 0;
    boolean inRequest = false;
    try (JsonParser json = EventJson.mapper().createParser(beginning)) {
      int depth = 0;
      while (module == null || want == null) {
        JsonToken token = json.nextToken();
        if (token == null) {
          break;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        String field = String.valueOf(json.currentName());
        if (token == JsonToken.START_OBJECT && depth == 2) {
          inRequest = field.equals("request");
        } else if (inRequest && depth == 2) {
          id = token == JsonToken.VALUE_STRING && field.equals("id") ? json.getString() : id;
          boolean counts = token == JsonToken.VALUE_NUMBER_INT && field.equals("attempt");
          attempt = counts ? json.getIntValue() : attempt;
        }
        if (depth == 1 && token == JsonToken.VALUE_STRING) {
          switch (field) {
            case "module" -> module = ModuleVersion.parse(json.getString());
            case "want" -> want = want(json.getString());
            default -> {}
          }
        }
      }
    } catch (JacksonException | IllegalArgumentException e) {
      // cut off, or no event at all: what was found before counts
    }
    return module == null || want == null
        ? Optional.empty()
        : Optional.of(new NamedModule(module, want, request(id, attempt)));
  }

  private static @Nullable RequestId request(@Nullable String id, int attempt) {
    try {
      return id == null ? null : new RequestId(id, attempt);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Want want(String wireName) {
    for (Want want : Want.values()) {
      if (EventJson.wireName(want).equals(wireName)) {
        return want;
      }
    }
    return null;
  }
}
