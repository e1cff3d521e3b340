package dev.modgate.watcher.watch;

import dev.modgate.start.Check;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// A watch as it stands below `modgate.watcher.watches.<name>`; `watcher.yml` explains each key.
public record WatchDeclaration(
    @DefaultValue("") String modules,
    @DefaultValue("false") boolean preReleases,
    @Nullable Duration notOlderThan,
    @DefaultValue("1h") Duration every) {

  /// Adds what is wrong to the check.
  ///
  /// @return empty where something is
  public Optional<Watch> read(String name, Check check) {
    String key = "watches." + name + ".";
    check.time(key + "every", every, Duration.ofSeconds(1), Duration.ofDays(30));
    if (notOlderThan != null) {
      check.time(key + "not-older-than", notOlderThan, Duration.ofHours(1), Duration.ofDays(3650));
    }
    check.that(
        name.matches("[a-z0-9][a-z0-9-]{0,62}"),
        key + "modules",
        "has a name that is not of a-z," + " 0-9 and \"-\", at most 63");
    try {
      return Optional.of(
          Watch.of(name, modules, preReleases, Optional.ofNullable(notOlderThan), every));
    } catch (IllegalArgumentException e) {
      check.that(false, key + "modules", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
