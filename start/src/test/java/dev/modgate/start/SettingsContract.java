package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/// What a section of the settings promises. A service extends it for its own record.
public abstract class SettingsContract<S extends Record> {
  private final Class<S> type;
  private final ClassPathResource file;

  /// @param file the yml beside `besides` that documents the section
  protected SettingsContract(Class<S> type, String file, Class<?> besides) {
    this.type = type;
    this.file = new ClassPathResource(file, besides);
  }

  @Test
  void theFileHasTheDefaultsOfTheRecord() throws IOException {
    List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("file", file);

    assertThat(read(sources)).isEqualTo(read(List.of()));
  }

  @Test
  void theFileDocumentsEveryKey() throws IOException {
    List<String> lines = file.getContentAsString(StandardCharsets.UTF_8).lines().toList();

    for (String key : new Keys(List.of(type)).names()) {
      assertThat(lines)
          .as("%s in %s", key, file.getFilename())
          .anyMatch(
              line -> line.matches(" +(# )?" + key.substring(key.lastIndexOf('.') + 1) + ":.*"));
    }
  }

  /// With these values set, by their whole keys, and the defaults for all others.
  ///
  /// @throws StartException as at a start
  protected final S read(Map<String, String> values) {
    return read(List.of(new MapPropertySource("values", Map.copyOf(values))));
  }

  private S read(List<PropertySource<?>> sources) {
    var environment = new StandardEnvironment();
    var own = new ArrayList<String>();
    environment.getPropertySources().forEach(source -> own.add(source.getName()));
    own.forEach(environment.getPropertySources()::remove); // the machine's settings don't count
    sources.forEach(environment.getPropertySources()::addLast);
    return type.cast(Settings.read(environment, List.of(type)).getFirst());
  }
}
