package dev.modgate.start;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Where a setting stands, for the end of a sentence.
final class Place {
  private Place() {}

  /// ` (modgate.yml, line 3)`; empty where it is not known.
  static String of(@Nullable ConfigurationProperty property) {
    if (property == null || !(property.getOrigin() instanceof PropertySourceOrigin origin)) {
      return "";
    }
    if (origin.getPropertySource() instanceof SystemEnvironmentPropertySource) {
      return " (environment variable " + origin.getPropertyName() + ")";
    }
    return origin.getOrigin() instanceof TextResourceOrigin text ? of(text) : "";
  }

  private static String of(TextResourceOrigin origin) {
    var location = origin.getLocation();
    return " ("
        + (origin.getResource() == null ? "a file" : origin.getResource().getFilename())
        + (location == null ? "" : ", line " + (location.getLine() + 1))
        + ")";
  }
}
