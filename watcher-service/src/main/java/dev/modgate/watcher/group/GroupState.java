package dev.modgate.watcher.group;

import java.util.Locale;

/// How far the import of a group is.
enum GroupState {
  NEW,
  SIZED,
  IMPORTED;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static GroupState ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
