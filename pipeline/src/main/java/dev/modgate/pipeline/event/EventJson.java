package dev.modgate.pipeline.event;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.store.Sha256;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/// The JSON form of events: one object with `eventVersion` first. Enum constants are lower case
/// with hyphens, hashes and `path@version` are strings, times are RFC 3339. Unknown fields are
/// ignored.
public final class EventJson {
  /// Largest record in bytes, of every event version; longer reports go as blobs.
  public static final int MAX_BYTES = 256 * 1024;

  private static final String VERSION_FIELD = "eventVersion";

  private static final JsonMapper MAPPER = newMapper();

  private EventJson() {}

  /// @throws IllegalStateException when the event is larger than [#MAX_BYTES]: a bug of the writer
  public static byte[] write(ModuleEvent event) {
    ObjectNode node = MAPPER.createObjectNode().put(VERSION_FIELD, ModuleEvent.VERSION);
    node.setAll((ObjectNode) MAPPER.valueToTree(event));
    byte[] bytes = MAPPER.writeValueAsBytes(node);
    if (bytes.length > MAX_BYTES) {
      throw new IllegalStateException(
          event.module()
              + ": "
              + Topic.of(event)
              + " has "
              + bytes.length
              + " bytes, at most "
              + MAX_BYTES);
    }
    return bytes;
  }

  /// @throws UnknownEventVersionException when it was written by newer code: pause, don't drop
  /// @throws UnreadableEventException when it is not an event of this type
  public static <E extends ModuleEvent> E read(Class<E> type, byte[] json)
      throws UnreadableEventException {
    if (json.length > MAX_BYTES) {
      throw new UnreadableEventException(
          "record has " + json.length + " bytes, at most " + MAX_BYTES + " are read");
    }
    try {
      JsonNode node = MAPPER.readTree(json);
      int version = node.path(VERSION_FIELD).asInt(0);
      if (version > ModuleEvent.VERSION) {
        throw new UnknownEventVersionException(version);
      }
      if (version < 1 || !(node instanceof ObjectNode object)) {
        throw new UnreadableEventException("record has no \"" + VERSION_FIELD + "\"");
      }
      object.remove(VERSION_FIELD);
      return MAPPER.treeToValue(object, type);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UnreadableEventException(
          "record is no " + type.getSimpleName() + ": " + Quoted.of(String.valueOf(e.getMessage())),
          e);
    }
  }

  /// The mapper that writes evidence and other objects in the same form.
  public static JsonMapper mapper() {
    return MAPPER;
  }

  private static JsonMapper newMapper() {
    var types = new SimpleModule("modgate");
    text(types, ModuleVersion.class, ModuleVersion::toString, ModuleVersion::parse);
    text(types, H1.class, H1::value, H1::new);
    text(types, Sha256.class, Sha256::hex, Sha256::new);
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build();
    return JsonMapper.builder(factory)
        .addModule(types)
        .annotationIntrospector(new WireNames())
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .changeDefaultPropertyInclusion(v ->
            v.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
        .build();
  }

  /// How an enum constant is written: `CLAIM_MISMATCH` is `claim-mismatch`.
  public static String wireName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// All enums are written alike, those of other packages too.
  private static final class WireNames extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
      Arrays.setAll(
          names, i -> wireName(values[i])); // a reader looks here, not at what is returned
      return names;
    }
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(
        type,
        new StdSerializer<T>(type) {
          @Override
          public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(write.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new StdDeserializer<T>(type) {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getValueAsString();
            if (text == null) {
              throw new IllegalArgumentException("want text for " + type.getSimpleName());
            }
            return read.apply(text);
          }
        });
  }
}
