package dev.modgate.watcher.pause;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why something waits.
///
/// @param reason a sentence
/// @param nextTry when it tries again by itself; null where only a person can help
public record Pause(String reason, Instant since, @Nullable Instant nextTry) {}
