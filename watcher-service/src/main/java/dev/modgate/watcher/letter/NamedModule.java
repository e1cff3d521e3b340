package dev.modgate.watcher.letter;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
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
record NamedModule(ModuleVersion module, Want want) {

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
    try (JsonParser json = EventJson.mapper().createParser(beginning)) {
      int depth = 0;
      while (module == null || want == null) {
        JsonToken token = json.nextToken();
        if (token == null) {
          break;
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 1 && token == JsonToken.VALUE_STRING) {
          String name = String.valueOf(json.currentName());
          switch (name) {
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
        : Optional.of(new NamedModule(module, want));
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
