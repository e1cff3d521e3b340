package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where bytes came from.
///
/// @param upstream the entry of the GOPROXY list, without credentials, that gave the zip; for a
///   want of `MOD` the one that gave the `.mod`
/// @param at when the last byte came
/// @param elsewhere the files that another upstream gave, and which; empty where one gave all
public record Fetch(
    String upstream,
    Instant at,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<Files.Kind, String> elsewhere) {
  public Fetch {
    requireNonNull(upstream, "no upstream");
    requireNonNull(at, "no at");
    elsewhere = others(upstream, elsewhere);
  }

  public Fetch(String upstream, Instant at) {
    this(upstream, at, Map.of());
  }

  /// Which upstream gave this file.
  public String from(Files.Kind kind) {
    return elsewhere.getOrDefault(kind, upstream);
  }

  /// For people: `https://b (.info, .mod from https://a)`.
  public String sentence() {
    var endings = new LinkedHashMap<String, String>();
    elsewhere.forEach(
        (kind, from) -> endings.merge(from, kind.ending(), (all, one) -> all + ", " + one));
    return endings.isEmpty()
        ? upstream
        : endings.entrySet().stream()
            .map(e -> e.getValue() + " from " + e.getKey())
            .collect(Collectors.joining("; ", upstream + " (", ")"));
  }

  /// @param elsewhere null in an event of code that took all files from one upstream
  private static Map<Files.Kind, String> others(
      String upstream, @Nullable Map<Files.Kind, String> elsewhere) {
    Map<Files.Kind, String> others = new EnumMap<>(Files.Kind.class);
    if (elsewhere != null) {
      others.putAll(elsewhere);
      others.values().removeIf(upstream::equals);
    }
    return Collections.unmodifiableMap(others);
  }
}
