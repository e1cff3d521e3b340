package dev.modgate.watcher.hook.payload;

import dev.modgate.gomod.quote.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// A value of a payload, or that there is none.
///
/// @param path for sentences, such as `repository.full_name`
/// @param value a map, list, text, long or boolean; null also for what none of the payloads has
record Json(String path, @Nullable Object value) {
  private static final int MOST_DEEP = 64;
  private static final int MOST_ELEMENTS = 1_000;
  private static final int MOST_CHARACTERS = 400;
  private static final String MORE = "and more";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MOST_DEEP).build())
          .build();

  /// Reads a whole body.
  static Json parse(byte[] body) throws UnreadableException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() == null) {
        throw new UnreadableException("the body is empty, want JSON");
      }
      var json = new Json("", value(parser));
      if (!(json.value instanceof Map)) {
        throw new UnreadableException("the body is no JSON object");
      }
      if (parser.nextToken() != null) {
        throw new UnreadableException("the body has more than one JSON object");
      }
      return json;
    } catch (StreamConstraintsException e) {
      throw new UnreadableException(
          "the body is no JSON that is taken: deeper than "
              + MOST_DEEP
              + ", or with a name or number of many thousand characters");
    } catch (JacksonException e) {
      // its own sentence may quote the body
      String where =
          e.getLocation() == null
              ? ""
              : ", at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new UnreadableException("the body is no JSON" + where);
    }
  }

  /// Not deeper than the parser goes.
  private static @Nullable Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> number(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL, VALUE_NUMBER_FLOAT, VALUE_EMBEDDED_OBJECT -> null;
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE ->
          throw new IllegalStateException("the parser gave " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    var object = new HashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (Fields.KEPT.contains(name)) {
        object.put(name, value(parser));
      } else {
        parser.skipChildren();
      }
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    var array = new ArrayList<@Nullable Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (array.size() < MOST_ELEMENTS) {
        array.add(value(parser));
      } else {
        parser.skipChildren();
        if (array.size() == MOST_ELEMENTS) {
          array.add(MORE);
        }
      }
    }
    return array;
  }

  private static @Nullable Long number(String digits) {
    return digits.length() <= 18 ? Long.valueOf(digits) : null;
  }

  /// That of this name, or none.
  Json at(String name) {
    String inside = path.isEmpty() ? name : path + "." + name;
    if (!Fields.KEPT.contains(name)) {
      throw new IllegalArgumentException("nobody keeps " + inside);
    }
    return new Json(inside, value instanceof Map<?, ?> object ? object.get(name) : null);
  }

  /// @throws UnreadableException when it is not there, no text, or none that a name could be
  String text(String name) throws UnreadableException {
    Json field = at(name);
    return field.text().orElseThrow(() -> field.unlike("a text"));
  }

  Optional<String> textIfAny(String name) {
    return at(name).text();
  }

  private Optional<String> text() {
    return value instanceof String text
            && !text.isBlank()
            && text.length() <= MOST_CHARACTERS
            && text.chars().noneMatch(Character::isISOControl)
        ? Optional.of(text)
        : Optional.empty();
  }

  /// At least 1.
  long number(String name, String what) throws UnreadableException {
    Json field = at(name);
    OptionalLong number =
        field.value instanceof Long found && found > 0
            ? OptionalLong.of(found)
            : OptionalLong.empty();
    return number.orElseThrow(() -> field.unlike(what));
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(at(name).value);
  }

  boolean isNull() {
    return value == null;
  }

  /// Its elements, the first thousand.
  List<Json> list(String name) throws UnreadableException {
    Json field = at(name);
    if (!(field.value instanceof List<?> array)) {
      throw field.unlike("a list");
    }
    var list = new ArrayList<Json>();
    for (int i = 0; i < Math.min(array.size(), MOST_ELEMENTS); i++) {
      list.add(new Json(field.path + "[" + i + "]", array.get(i)));
    }
    return list;
  }

  /// Whether it has more elements than are read.
  boolean hasMore(String name) {
    return at(name).value instanceof List<?> array && array.size() > MOST_ELEMENTS;
  }

  private UnreadableException unlike(String what) {
    return new UnreadableException(Quoted.of(path) + " is missing or not " + what);
  }
}
