package dev.modgate.gateway.cache;

import dev.modgate.start.Check;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// `modgate.gateway.cache.*`; each key is explained in `gateway.yml`.
///
/// @param folder null: nothing is cached
public record CacheSettings(
    @Nullable Path folder,
    @DefaultValue("10GB") DataSize maxSize,
    @DefaultValue("30d") Duration maxAge,
    @DefaultValue("3s") Duration waitForStore) {

  /// No cache.
  public static CacheSettings none() {
    return new CacheSettings(
        null, DataSize.ofGigabytes(10), Duration.ofDays(30), Duration.ofSeconds(3));
  }

  /// Adds what is impossible in these.
  public Check check(Check check) {
    return check
        .size("cache.max-size", maxSize, DataSize.ofMegabytes(1), DataSize.ofTerabytes(10))
        .time("cache.max-age", maxAge, Duration.ofMinutes(1), Duration.ofDays(3650))
        .time("cache.wait-for-store", waitForStore, Duration.ofMillis(100), Duration.ofMinutes(1));
  }
}
