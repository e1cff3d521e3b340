package dev.modgate.watcher.tick;

import dev.modgate.watcher.host.CommitStatus;

/// What is to be shown beside a commit.
///
/// @param commit its id in lower-case hex
public record Tick(String source, String repository, String commit, CommitStatus status) {}
