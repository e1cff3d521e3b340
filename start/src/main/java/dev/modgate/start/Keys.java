package dev.modgate.start;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
          "sumdb",
          "watcher",
          "fetcher",
          "verifier",
          "publisher",
          "gateway");

  private final Set<ConfigurationPropertyName> own = new HashSet<>();
  private final Set<ConfigurationPropertyName> single = new HashSet<>();

  /// Maps and lists: what stands below them is theirs.
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
      if (component.getType().isRecord()) {
        add(key, component.getType());
      } else if (Map.class.isAssignableFrom(component.getType())
          || Collection.class.isAssignableFrom(component.getType())) {
        open.add(key);
      } else {
        single.add(key);
      }
    }
  }

  /// Every key, without what stands below maps and lists.
  List<String> names() {
    return Stream.concat(single.stream(), open.stream())
        .map(ConfigurationPropertyName::toString)
        .sorted()
        .toList();
  }

  /// @param key begins with `modgate`
  boolean knows(ConfigurationPropertyName key) {
    if (single.contains(key) || open.stream().anyMatch(k -> k.equals(key) || k.isAncestorOf(key))) {
      return true;
    }
    if (own.stream().anyMatch(k -> k.equals(key) || k.isAncestorOf(key))) {
      return false;
    }
    return key.getNumberOfElements() > 1
        && SECTIONS.contains(key.getElement(1, ConfigurationPropertyName.Form.DASHED));
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
        || open.stream()
            .anyMatch(key -> isVariable(name, key, false) || isVariable(name, key, true));
  }

  /// @param below whether the variable is to be of a key below this one
  private static boolean isVariable(String name, ConfigurationPropertyName key, boolean below) {
    String dotted = key.toString().toUpperCase(Locale.ROOT).replace('.', '_');
    return List.of(dotted.replace("-", ""), dotted.replace('-', '_')).stream()
        .anyMatch(form -> below ? name.startsWith(form + "_") : name.equals(form));
  }
}
