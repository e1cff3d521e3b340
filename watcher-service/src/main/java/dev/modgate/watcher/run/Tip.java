package dev.modgate.watcher.run;

import java.util.Optional;

/// A ref to be looked at.
///
/// @param ref its full name, such as `refs/heads/main`
/// @param commit as noticed, 40 or 64 lower-case hex digits; empty for what the ref names when it
///   is read
public record Tip(String ref, Optional<String> commit) {}
