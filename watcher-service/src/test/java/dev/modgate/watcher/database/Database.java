package dev.modgate.watcher.database;

/// What the watcher runs on.
public enum Database {
  H2,
  POSTGRESQL
}
