package dev.modgate.watcher.source;

/// One repository of a source.
///
/// @param source the source's name
/// @param name what its host calls it, such as `pay/api`; payloads are matched against it
/// @param url where it is read
public record Repository(String source, String name, GitUrl url) {}
