package dev.modgate.watcher.ask;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/// Reads the names of modules, and stops at one too many: a body has room for millions.
final class ModuleNames extends ValueDeserializer<List<@Nullable String>> {

  @Override
  public List<@Nullable String> deserialize(JsonParser json, DeserializationContext context) {
    if (!json.isExpectedStartArrayToken()) {
      return context.reportInputMismatch(this, "modules is no list of path@version");
    }
    var names = new ArrayList<@Nullable String>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (names.size() == PlanRequest.MOST_MODULES) {
        return context.reportInputMismatch(
            this, "modules has more than " + PlanRequest.MOST_MODULES + " entries");
      }
      if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
        return context.reportInputMismatch(
            this, "modules[" + names.size() + "] is no text, want path@version");
      }
      names.add(token == JsonToken.VALUE_NULL ? null : json.getString());
    }
    return names;
  }
}
