package dev.modgate.watcher.watch;

import dev.modgate.start.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `modgate.watcher.latest`: of which modules the latest version is wanted where another one is
/// inside.
///
/// @param modules patterns of module paths; none for off
public record LatestDeclaration(
    @DefaultValue("**") List<String> modules, @DefaultValue("24h") Duration every) {
  private static final int MOST_PATTERNS = 100;

  public LatestDeclaration {
    modules = List.copyOf(modules);
  }

  /// Adds what is wrong to the check.
  public List<Watch> read(Check check) {
    check.time("latest.every", every, Duration.ofSeconds(1), Duration.ofDays(30));
    check.that(
        modules.size() <= MOST_PATTERNS,
        "latest.modules",
        "has " + modules.size() + " patterns, at most " + MOST_PATTERNS);
    var watches = new ArrayList<Watch>();
    for (String pattern : modules) {
      try {
        // no declared watch has such a name
        watches.add(Watch.ofInside("latest/" + watches.size(), pattern.strip(), every));
      } catch (IllegalArgumentException e) {
        check.that(false, "latest.modules", String.valueOf(e.getMessage()));
      }
    }
    return watches;
  }
}
