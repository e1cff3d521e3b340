package dev.modgate.watcher.hook.signature;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Headers of a delivery, without regard to the case of their names.
public final class HookHeaders {
  private final Map<String, String> values = new TreeMap<>();

  /// @param values of each name, in the order in which they came
  public HookHeaders(Map<String, List<String>> values) {
    values.forEach(
        (name, all) -> this.values.put(name.toLowerCase(Locale.ROOT), String.join(", ", all)));
  }

  /// Of one that came twice both, with a comma between: no signature and no id is like that.
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The first of these that came.
  public Optional<String> first(List<String> names) {
    return names.stream().flatMap(name -> get(name).stream()).findFirst();
  }
}
