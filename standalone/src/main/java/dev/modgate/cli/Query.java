package dev.modgate.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A question to the API, with its parameters.
final class Query {
  private final StringBuilder path;
  private char separator = '?';

  Query(String path) {
    this.path = new StringBuilder(path);
  }

  /// @param value null leaves it out
  Query with(String name, @Nullable Object value) {
    if (value != null) {
      path.append(separator)
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
      separator = '&';
    }
    return this;
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /// All pages of a list as one.
  ///
  /// @param list the field with the entries
  ObjectNode all(ApiClient client, String list) {
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    ArrayNode entries = whole.putArray(list);
    String begin = path.toString();
    char next = separator;
    @Nullable String cursor = null;
    do {
      String page =
          cursor == null
              ? begin
              : begin + next + "after=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
      JsonNode answer = client.get(page);
      answer.path(list).forEach(entries::add);
      cursor = answer.path("next").isString() ? answer.path("next").asString() : null;
    } while (cursor != null);
    return whole;
  }
}
