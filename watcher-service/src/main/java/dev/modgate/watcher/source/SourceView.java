package dev.modgate.watcher.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A source as the API shows it.
///
/// @param declared `settings` or `api`
/// @param hook the path that the host's webhook posts to; null where none is taken
/// @param repositories how many are known
/// @param problems of a stored declaration that this version can't use; then it is not read
record SourceView(
    String name,
    String declared,
    @Nullable String host,
    @Nullable String hook,
    int repositories,
    SourceDeclaration definition,
    List<String> problems) {}
