package dev.modgate.start;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

/// Reads the records of a service out of all sources, and every problem with them.
final class Settings {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("modgate");

  /// What else `modgate.yml` may hold: Spring's own settings.
  private static final Set<String> IN_FILES =
      Set.of("modgate", "spring", "springdoc", "server", "logging", "management", "debug", "trace");

  private final ConfigurableEnvironment environment;
  private final Keys keys;
  private final Set<String> problems = new LinkedHashSet<>();

  private Settings(ConfigurableEnvironment environment, List<Class<? extends Record>> types) {
    this.environment = environment;
    this.keys = new Keys(types);
  }

  /// @throws StartException naming every unknown key and every impossible value
  static List<Record> read(
      ConfigurableEnvironment environment, List<Class<? extends Record>> types) {
    return new Settings(environment, types).read(types);
  }

  private List<Record> read(List<Class<? extends Record>> types) {
    var records = new ArrayList<Record>();
    for (Class<? extends Record> type : types) {
      Record bound =
          Binder.get(environment)
              .bindOrCreate(Keys.section(type), Bindable.of(type), new Problems());
      if (bound != null) {
        records.add(bound);
      }
    }
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      unknown(source);
    }
    if (!problems.isEmpty()) {
      throw new StartException(List.copyOf(problems));
    }
    return records;
  }

  private void unknown(ConfigurationPropertySource source) {
    Object underlying = source.getUnderlyingSource();
    if (underlying instanceof SystemEnvironmentPropertySource variables) {
      for (String name : variables.getPropertyNames()) {
        if (!keys.knowsVariable(name)) {
          problems.add("environment variable " + Quoted.of(name) + " is no setting");
        }
      }
    } else if (source instanceof IterableConfigurationPropertySource iterable
        && !isSystemProperties(underlying)) {
      iterable.stream().filter(ROOT::isAncestorOf).forEach(key -> unknown(source, key));
      if (underlying instanceof OriginTrackedMapPropertySource) { // a file, which is ours alone
        iterable.stream().filter(key -> !isOfFile(key)).forEach(key -> noSetting(source, key));
      }
    }
  }

  private static boolean isOfFile(ConfigurationPropertyName key) {
    return IN_FILES.contains(key.getElement(0, ConfigurationPropertyName.Form.DASHED));
  }

  private void unknown(ConfigurationPropertySource source, ConfigurationPropertyName key) {
    var property = source.getConfigurationProperty(key);
    boolean empty = property != null && String.valueOf(property.getValue()).isEmpty();
    if (!keys.knows(key) && !(empty && keys.isFolder(key))) {
      noSetting(source, key);
    }
  }

  private void noSetting(ConfigurationPropertySource source, ConfigurationPropertyName key) {
    var place = Place.of(source.getConfigurationProperty(key));
    problems.add(Plain.of(key.toString()) + " is no setting" + place);
  }

  /// They belong to the JVM, and to the command line.
  private static boolean isSystemProperties(@Nullable Object source) {
    return source instanceof PropertySource<?> named
        && named.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
  }

  /// Notes what can't be bound and goes on with the default, so that the next problem is found too.
  private final class Problems implements BindHandler {
    @Override
    public @Nullable Object onFailure(
        ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
      var property = context.getConfigurationProperty();
      if (context.getDepth() > 0 && property != null) {
        String value = String.valueOf(property.getValue());
        if (!value.isEmpty()) {
          problems.add(name + " " + fault(value, target) + Place.of(property));
        }
      } else {
        problems.addAll(causes(error));
      }
      return null;
    }
  }

  private static List<String> causes(Exception error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof StartException known
        ? known.problems()
        : List.of(String.valueOf(root.getMessage()));
  }

  /// Shows the value only where it can be no secret: a map, a list or a text may hold a password.
  private static String fault(String value, Bindable<?> target) {
    Class<?> type = target.getType().resolve(Object.class);
    Optional<String> wanted = wanted(type);
    if (wanted.isPresent()) {
      return "is " + Quoted.of(value) + ", want " + wanted.get();
    }
    if (Map.class.isAssignableFrom(type) || type.isRecord()) {
      return "is no map: want keys of its own below it";
    }
    return Collection.class.isAssignableFrom(type) ? "is no list" : "is no text";
  }

  private static Optional<String> wanted(Class<?> type) {
    if (Set.of(int.class, short.class, long.class, Integer.class, Long.class).contains(type)) {
      return Optional.of("a whole number");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of("true or false");
    }
    if (type == Duration.class) {
      return Optional.of("a time such as 500ms, 30s or 5m");
    }
    if (type == DataSize.class) {
      return Optional.of("a size such as 64KB or 1GB");
    }
    if (type == Path.class) {
      return Optional.of("a path");
    }
    if (type.isEnum()) {
      return Optional.of(
          "one of "
              + Arrays.stream(type.getEnumConstants())
                  .map(constant -> EventJson.wireName((Enum<?>) constant))
                  .collect(Collectors.joining(", ")));
    }
    return type == URI.class ? Optional.of("a URL") : Optional.empty();
  }
}
