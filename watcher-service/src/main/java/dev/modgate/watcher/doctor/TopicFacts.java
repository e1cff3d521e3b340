package dev.modgate.watcher.doctor;

import java.util.Map;

/// What the broker says of a topic.
///
/// @param settings by their names, as text
record TopicFacts(String name, int partitions, Map<String, String> settings) {
  String setting(String key) {
    return settings.getOrDefault(key, "");
  }

  /// -1 where it is not said, or no number.
  long number(String key) {
    String text = setting(key);
    return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
