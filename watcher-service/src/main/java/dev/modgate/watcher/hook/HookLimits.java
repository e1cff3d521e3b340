package dev.modgate.watcher.hook;

import java.time.Duration;

/// @param maxBody in bytes
/// @param readTimeout from a body's first to its last byte
/// @param gather how long a new run waits for more of its repository
public record HookLimits(long maxBody, Duration readTimeout, Duration gather) {}
