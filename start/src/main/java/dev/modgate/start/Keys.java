package dev.modgate.start;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/// The keys that a service knows, read off its records.
final class Keys {
  /// All sections of `modgate.yml`. What stands in another service's section is that service's own
  /// business: it may be of another version.
  private static final Set<String> SECTIONS =
      Set.of(
          "kafka",
          "blob-store",
          "zone-store",
          "health",
          "sumdb",
          "watcher",
          "fetcher",
          "verifier",
          "publisher",
          "gateway");

  private final Set<ConfigurationPropertyName> own = new HashSet<>();
  private final Set<ConfigurationPropertyName> single = new HashSet<>();

  /// Maps from a name to a record: each name has the keys of the record.
  private final Map<ConfigurationPropertyName, Keys> named = new HashMap<>();

  /// Other maps, and lists: what stands below them is theirs.
  private final Set<ConfigurationPropertyName> open = new HashSet<>();

  Keys(List<Class<? extends Record>> records) {
    for (Class<? extends Record> type : records) {
      ConfigurationPropertyName section = section(type);
      own.add(section);
      add(section, type);
    }
  }

  static ConfigurationPropertyName section(Class<? extends Record> type) {
    ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
    if (annotation == null) {
      throw new IllegalArgumentException(type + " names no section of the settings");
    }
    return ConfigurationPropertyName.of(annotation.value());
  }

  private void add(ConfigurationPropertyName parent, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      ConfigurationPropertyName key =
          parent.append(DataObjectPropertyName.toDashedForm(component.getName()));
      Optional<Class<?>> named = namedRecord(component);
      if (component.getType().isRecord()) {
        add(key, component.getType());
      } else if (named.isPresent()) {
        var keys = new Keys(List.of());
        keys.add(ConfigurationPropertyName.EMPTY, named.get());
        this.named.put(key, keys);
      } else if (Map.class.isAssignableFrom(component.getType())
          || Collection.class.isAssignableFrom(component.getType())) {
        open.add(key);
      } else {
        single.add(key);
      }
    }
  }

  /// The record that a map from names leads to.
  private static Optional<Class<?>> namedRecord(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType map
            && map.getRawType() == Map.class
            && map.getActualTypeArguments()[1] instanceof Class<?> value
            && value.isRecord()
        ? Optional.of(value)
        : Optional.empty();
  }

  /// Every key, without what stands below lists and other maps; `*` for a name.
  List<String> names() {
    Stream<String> below =
        named.entrySet().stream()
            .flatMap(entry ->
                entry.getValue().names().stream().map(key -> entry.getKey() + ".*." + key));
    Stream<ConfigurationPropertyName> keys =
        Stream.of(single, open, named.keySet()).flatMap(Set::stream);
    return Stream.concat(keys.map(ConfigurationPropertyName::toString), below).sorted().toList();
  }

  /// @param key begins with `modgate`
  boolean knows(ConfigurationPropertyName key) {
    if (single.contains(key) || open.stream().anyMatch(k -> k.equals(key) || k.isAncestorOf(key))) {
      return true;
    }
    if (named.entrySet().stream().anyMatch(entry -> knows(entry.getKey(), entry.getValue(), key))) {
      return true;
    }
    if (own.stream().anyMatch(k -> k.equals(key) || k.isAncestorOf(key))) {
      return false;
    }
    return !own.isEmpty()
        && key.getNumberOfElements() > 1
        && SECTIONS.contains(key.getElement(1, ConfigurationPropertyName.Form.DASHED));
  }

  private static boolean knows(
      ConfigurationPropertyName map, Keys below, ConfigurationPropertyName key) {
    int name = map.getNumberOfElements();
    if (!map.isAncestorOf(key)) {
      return map.equals(key);
    }
    return key.getNumberOfElements() == name + 1 || below.knows(key.subName(name + 1));
  }

  /// Whether known keys stand below this one: an empty section in a file, say.
  boolean isFolder(ConfigurationPropertyName key) {
    return single.stream().anyMatch(key::isAncestorOf) || open.stream().anyMatch(key::isAncestorOf);
  }

  /// Only of the service's own sections: the environment is shared with everybody.
  boolean knowsVariable(String variable) {
    String name = variable.toUpperCase(Locale.ROOT);
    return own.stream().noneMatch(key -> isVariable(name, key, true))
        || single.stream().anyMatch(key -> isVariable(name, key, false))
        || Stream.concat(open.stream(), named.keySet().stream())
            .anyMatch(key -> isVariable(name, key, false) || isVariable(name, key, true));
  }

  /// @param below whether the variable is to be of a key below this one
  private static boolean isVariable(String name, ConfigurationPropertyName key, boolean below) {
    String dotted = key.toString().toUpperCase(Locale.ROOT).replace('.', '_');
    return List.of(dotted.replace("-", ""), dotted.replace('-', '_')).stream()
        .anyMatch(form -> below ? name.startsWith(form + "_") : name.equals(form));
  }
}
