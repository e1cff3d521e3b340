package dev.modgate.watcher.retention;

/// Which seen commits are kept however old they are, because forgetting one would let it be synced
/// again. A feature that remembers commits contributes one as a bean.
///
/// @param condition SQL about a row `t` of `commit_seen`
public record KeptCommits(String condition) {}
